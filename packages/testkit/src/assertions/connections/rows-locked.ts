import { sleep } from '@splitlevel/guards/originals';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import { Connection } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { terminate } from '../../kinds/postgres/sessions/sessions.ts';

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
  database: PostgresDatabase,
  statement: string,
  work: (rows: LockedRows) => Promise<T>,
): Promise<T> {
  const access = accessOf(database);
  const holder = await Connection.open(database.url, { name: 'withRowsLocked of the testkit' });
  try {
    await holder.query('BEGIN');
    const rows = await holder.query(statement);
    if (rows.length === 0 && !/^\s*lock\b/i.test(statement)) {
      throw new Error(`withRowsLocked: '${statement}' locked no row. Write the rows first, and let it select them.`);
    }
    const [self] = await holder.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    return await work(lockedRows(await access.inspector(), self?.pid ?? 0));
  } finally {
    // Awaited, so that the locks are gone for what comes next.
    await holder.query('ROLLBACK').catch(() => {});
    await holder.close();
  }
}

function lockedRows(inspector: Connection, holder: number): LockedRows {
  const waitersOf = async (count: number) => {
    for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_MS) {
      const rows = await inspector.query<{ pid: number }>(
        'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND $1 = ANY (pg_blocking_pids(pid))',
        [holder],
      );
      if (rows.length >= count) {
        return rows.map(({ pid }) => pid);
      }
      await sleep(LOOK_MS);
    }
    throw new Error(
      `In ${PATIENCE_MS / 1000} s ${count === 1 ? 'no connection has' : `fewer than ${count} connections have`} come to wait for the locked rows.`,
    );
  };
  return {
    waiters: async (count = 1) => void (await waitersOf(count)),
    breakWaiter: async () => terminate(inspector, await waitersOf(1)),
  };
}
