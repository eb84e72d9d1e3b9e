import { setTimeout as pause } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { wasUndone } from './database-error.ts';
import { UnavailableError } from './errors.ts';
import { retryDelay } from './retry-policy.ts';

/** Runs work in a transaction, again from its start when PostgreSQL had to undo it for another transaction's sake. */
export function inTransaction<Schema, Result>(
  database: Kysely<Schema>,
  work: (transaction: Transaction<Schema>) => Promise<Result>,
): Promise<Result> {
  return retried(() => database.transaction().execute(work));
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
      if (!wasUndone(error)) throw error;
      const delay = retryDelay(attempt, undefined);
      if (delay === undefined) throw new UnavailableError('too many changes at the same time', { cause: error });
      await wait(delay);
    }
  }
}
