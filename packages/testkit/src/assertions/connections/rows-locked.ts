import { now, sleep } from '@splitlevel/guards/originals';
import type { HeldLocks, SqlDatabase } from '../../kinds/shared/sql/sql-dialect.ts';
import { sqlDialectOf } from '../sql-dialect.ts';

/** Milliseconds for which somebody may be waited for who should wait for the lock. */
const PATIENCE_MS = 5000;
const LOOK_MS = 5;

/** Rows that another transaction has locked. */
export interface LockedRows {
  /** Resolves when connections wait for the lock: as many as said, or one. */
  waiters(count?: number): Promise<void>;
  /** Waits for one that waits for the lock, and breaks its connection, as a server does that goes down. */
  breakWaiter(): Promise<void>;
}

/**
 * Does work while another transaction holds locks, and lets go of them whatever the work comes to.
 * @param statement takes the locks: `select * from products for update`, or `lock table products`.
 * @returns what the work resolves with.
 * @throws {Error} when the statement selects no row, which would lock nothing.
 */
export async function withRowsLocked<T>(
  database: SqlDatabase,
  statement: string,
  work: (rows: LockedRows) => Promise<T>,
): Promise<T> {
  const locks = await sqlDialectOf(database).holdLocks(database, statement);
  try {
    if (locks.rows === 0 && !/^\s*lock\b/i.test(statement)) {
      throw new Error(`withRowsLocked: '${statement}' locked no row. Write the rows first, and let it select them.`);
    }
    return await work({
      waiters: async (count = 1) => void (await waitersOf(locks, count)),
      breakWaiter: async () => locks.breakConnections(await waitersOf(locks, 1)),
    });
  } finally {
    // Awaited, so that the locks are gone for what comes next.
    await locks.release();
  }
}

async function waitersOf(locks: HeldLocks, count: number): Promise<readonly number[]> {
  const deadline = now() + PATIENCE_MS;
  for (;;) {
    const ids = await locks.waiters();
    if (ids.length >= count) {
      return ids;
    }
    if (now() > deadline) {
      throw new Error(
        `In ${PATIENCE_MS / 1000} s ${count === 1 ? 'no connection has' : `fewer than ${count} connections have`} come to wait for the locked rows.`,
      );
    }
    await sleep(LOOK_MS);
  }
}
