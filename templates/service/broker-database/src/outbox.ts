import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import type { Database, Schema } from './database.ts';
import type { Broker } from './message.ts';

const batch = 100;

/** Has a message published after the commit of the transaction, and not without it. */
export async function addToOutbox(transaction: Transaction<Schema>, type: string, body: unknown): Promise<void> {
  await transaction
    .insertInto('outbox')
    .values({ id: randomUUID(), type, body: JSON.stringify(body) })
    .execute();
}

/**
 * Publishes what is in the outbox, in order, each message when the broker has taken the one before it. Of all instances of
 * the service one does so at a time. What was published when this process ends is published again: at least once.
 *
 * @param signal ends it after the message that is being published
 * @returns whether there may be more
 * @throws {Error} of `publish`; what the broker took before that is out of the outbox
 */
export async function publishOutbox(
  database: Database,
  { publish }: Pick<Broker, 'publish'>,
  signal: AbortSignal,
): Promise<boolean> {
  let failure: unknown;
  const published = await database.transaction().execute(async (transaction) => {
    const turn = await transaction.selectFrom('outbox_turn').select('id').forUpdate().skipLocked().executeTakeFirst();
    if (!turn) {
      return 0;
    }
    const messages = await transaction.selectFrom('outbox').selectAll().orderBy('number').limit(batch).execute();
    let count = 0;
    for (const { number, id, type, body } of messages) {
      if (signal.aborted) {
        break;
      }
      try {
        await publish({ id, type, body: JSON.parse(body) });
      } catch (error) {
        failure = error;
        break;
      }
      await transaction.deleteFrom('outbox').where('number', '=', number).execute();
      count += 1;
    }
    return count;
  });
  if (failure !== undefined) {
    throw failure;
  }
  return published === batch;
}
