import { noteUnboundedWait, type RequestWork } from './request-work.ts';

/** Pools whose waits are known, or are none of the code's. */
const looked = new WeakSet<object>();

/** For a pool of the testkit itself, which the code under test did not set up. */
export function leaveWaits(pool: object): void {
  looked.add(pool);
}

/**
 * Tells the first request of a pool of what may wait for ever in it.
 * @param waitsOf a sentence each that goes on after "the pool"; called once for a pool.
 */
export function noteWaits(
  work: RequestWork | undefined,
  pool: object | null | undefined,
  waitsOf: () => readonly string[],
): void {
  if (work === undefined || pool === undefined || pool === null || looked.has(pool)) {
    return;
  }
  looked.add(pool);
  for (const wait of waitsOf()) {
    noteUnboundedWait(work, wait);
  }
}
