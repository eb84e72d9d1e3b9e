import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { type Message, RejectedMessageError } from './message.ts';
import { addToOutbox } from './outbox.ts';
import { AlreadyProcessedError, longestId, markProcessed } from './processed-messages.ts';

/**
 * Makes what handles the messages of other services: each has its effect once, however often it comes.
 *
 * @param answer has the effect, under the id of the message
 */
export function createHandler(answer: (id: string, body: unknown) => Promise<void>) {
  /** @throws {RejectedMessageError} when no later attempt could handle the message */
  return async ({ id, type, body }: Message): Promise<void> => {
    // TEMPLATE NOTE: a ping stands for the messages that you handle.
    if (type !== 'ping') {
      throw new RejectedMessageError(`the type ${JSON.stringify(type)} is unknown`);
    }
    if (id === '' || id.length > longestId) {
      throw new RejectedMessageError('the message has no id, or one that is too long');
    }
    try {
      await answer(id, body);
    } catch (error) {
      if (!(error instanceof AlreadyProcessedError)) {
        throw error;
      }
    }
  };
}

/** Has a message answered by what is committed together with its id. */
export function answerBy(database: Database) {
  return (id: string, body: unknown): Promise<void> =>
    inTransaction(database, async (transaction) => {
      await markProcessed(transaction, id);
      await addToOutbox(transaction, 'pong', body);
    });
}
