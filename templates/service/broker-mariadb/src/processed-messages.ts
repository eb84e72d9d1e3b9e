import type { Transaction } from 'kysely';
import type { Schema } from './database.ts';
import { violates } from './database-error.ts';

/** As many characters an id may have. */
export const longestId = 200;

/** The message had its effect when it came before. */
export class AlreadyProcessedError extends Error {
  override readonly name = 'AlreadyProcessedError';
}

/**
 * To be called in the transaction of a message's effect, so that both are kept or neither.
 *
 * @throws {AlreadyProcessedError} when the effect is there already
 */
export async function markProcessed(transaction: Transaction<Schema>, id: string): Promise<void> {
  try {
    // Not `insert ignore`, which would take every other failure for an id that is there too.
    await transaction.insertInto('processed_messages').values({ id }).execute();
  } catch (cause) {
    if (!violates(cause, 'PRIMARY')) {
      throw cause;
    }
    throw new AlreadyProcessedError(`the message ${id} was processed already`, { cause });
  }
}
