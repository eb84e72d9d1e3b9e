import pg from 'pg';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import { Connection } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { terminate } from '../../kinds/postgres/sessions/sessions.ts';
import type { HeldLocks, SqlDatabase } from '../../kinds/shared/sql/sql-dialect.ts';

/** Holds the locks that a statement takes, of PostgreSQL. */
export async function holdLocks(database: SqlDatabase, statement: string): Promise<HeldLocks> {
  const access = accessOf(database as PostgresDatabase);
  const inspector = await access.inspector();
  const holder = await Connection.open(access.url, { name: 'withRowsLocked of the testkit' });
  const release = async () => {
    await holder.query('ROLLBACK').catch(() => {});
    await holder.close();
  };
  try {
    await holder.query('BEGIN');
    const { length: rows } = await holder.query(statement);
    const waiting =
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND $1 = ANY (pg_blocking_pids(pid))';
    return {
      rows,
      waiters: async () => (await inspector.query<{ pid: number }>(waiting, [holder.pid])).map(({ pid }) => pid),
      breakConnections: (pids) => terminate(inspector, pids),
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** Lets PostgreSQL refuse new connections to the database. Resolves with what ends that. */
export async function refuseConnections(database: SqlDatabase): Promise<() => Promise<void>> {
  const { name, inspector } = accessOf(database as PostgresDatabase);
  const limit = async (most: number) => {
    await (await inspector()).query(`ALTER DATABASE ${pg.escapeIdentifier(name)} CONNECTION LIMIT ${most}`);
  };
  await limit(0);
  return () => limit(-1);
}
