import { notePoolProblem, type PoolProblem, type RequestWork } from './request-work.ts';

/** Pools whose set-up is known, or is none of the code's. */
const looked = new WeakSet<object>();

/** For a pool of the testkit itself, which the code under test did not set up. */
export function leavePool(pool: object): void {
  looked.add(pool);
}

/**
 * Tells the first request of a pool of what is wrong with it.
 * @param problemsOf called once for a pool
 */
export function notePool(
  work: RequestWork | undefined,
  pool: object | null | undefined,
  problemsOf: () => readonly PoolProblem[],
): void {
  if (work === undefined || pool === undefined || pool === null || looked.has(pool)) {
    return;
  }
  looked.add(pool);
  for (const problem of problemsOf()) {
    notePoolProblem(work, problem);
  }
}
