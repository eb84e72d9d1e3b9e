import type { Transaction } from 'kysely';
import type { Schema } from './database.ts';

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
  const { numInsertedOrUpdatedRows: inserted } = await transaction
    .insertInto('processed_messages')
    .values({ id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted === 0n) {
    throw new AlreadyProcessedError(`the message ${id} was processed already`);
  }
}
