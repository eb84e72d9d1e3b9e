import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { wasUndone } from './database-error.ts';
import { UnavailableError } from './errors.ts';
import { retryDelay } from './retry-policy.ts';

/** More than for upstreams: of those that change the same row at the same time, each attempt lets one through. */
const attempts = 5;
/** Short, since the other transaction has ended by then. */
const firstDelayMs = 10;

/**
 * Runs work in a transaction, as if no other ran at the same time, and again from its start when PostgreSQL had to undo
 * it for another transaction's sake. Work must not do what cannot be undone, such as calls of other services.
 */
export function inTransaction<Schema, Result>(
  database: Kysely<Schema>,
  work: (transaction: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return retried(() => database.transaction().setIsolationLevel('serializable').execute(work));
}

/** @throws {UnavailableError} when the last attempt was undone too */
export async function retried<Result>(
  run: () => Promise<Result>,
  wait: (milliseconds: number) => Promise<unknown> = pause,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!wasUndone(error)) {
        throw error;
      }
      const delay = retryDelay(attempt, attempts, firstDelayMs);
      if (delay === undefined) {
        throw new UnavailableError('too many changes at the same time', { cause: error });
      }
      await wait(delay);
    }
  }
}
