import type { Connection } from '../connection.ts';

/** Another connection to the database. */
export interface Session {
  readonly pid: number;
  readonly state: string;
  readonly application: string;
  readonly seconds: string;
  /** How many advisory locks it holds. */
  readonly locks: number;
  readonly query: string;
}

const SESSIONS = `
  SELECT pid, coalesce(state, 'starting') AS state, application_name AS application, left(query, 300) AS query,
    (SELECT count(*)::int FROM pg_locks AS l WHERE l.pid = a.pid AND l.locktype = 'advisory' AND l.granted) AS locks,
    round(extract(epoch FROM clock_timestamp() - coalesce(xact_start, state_change, backend_start))::numeric, 1)::text
      AS seconds
  FROM pg_stat_activity AS a
  WHERE datname = $1 AND backend_type = 'client backend' AND pid <> pg_backend_pid()`;

/** Sessions of a database that are in a transaction or run a statement. */
export function busySessions(connection: Connection, database: string): Promise<Session[]> {
  return connection.query<Session>(`${SESSIONS} AND state IS DISTINCT FROM 'idle' ORDER BY pid`, [database]);
}

/**
 * Sessions of a database that are in a transaction or run a statement, and those of its owner that are open at all.
 * @param own sessions of the owner, by pid, that may be open.
 */
export function leftSessions(connection: Connection, database: string, own: readonly number[]): Promise<Session[]> {
  return connection.query<Session>(
    `${SESSIONS.replace('datname = $1', '(datname = $1 OR usename = $1)')}
     AND (state IS DISTINCT FROM 'idle' OR (usename = $1 AND pid <> ALL ($2))) ORDER BY pid`,
    [database, own],
  );
}

/** All sessions of the database that the connection is to, but for its own. */
export function otherSessions(inside: Connection): Promise<Session[]> {
  return inside.query<Session>(`${SESSIONS.replace('$1', 'current_database()')} ORDER BY pid`);
}

/** How many sessions a database has of its owner, as whom the code under test connects. */
export async function ownersSessions(
  connection: Connection,
  { name, owner }: { readonly name: string; readonly owner: string },
): Promise<number> {
  const [row] = await connection.query<{ sessions: number }>(
    'SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE datname = $1 AND usename = $2',
    [name, owner],
  );
  return row?.sessions ?? 0;
}

/** Ends sessions and waits until they are gone. */
export async function terminate(connection: Connection, pids: readonly number[]): Promise<void> {
  await connection.query('SELECT pg_terminate_backend(pid, 2000) FROM unnest($1::int[]) AS pid', [pids]);
}

/** Prepared transactions hold their locks without a session. Resolves with the names of those that were rolled back. */
export async function rollBackPrepared(connection: Connection): Promise<string[]> {
  const rows = await connection.query<{ gid: string }>(
    'SELECT gid FROM pg_prepared_xacts WHERE database = current_database()',
  );
  for (const { gid } of rows) {
    await connection.query(`ROLLBACK PREPARED '${gid.replaceAll("'", "''")}'`);
  }
  return rows.map(({ gid }) => gid);
}

export function describeSession({ pid, state, application, seconds, query, locks }: Session): string {
  const name = application === '' ? '' : ` (${application})`;
  const holds = locks === 0 ? '' : `, holding ${locks} advisory ${locks === 1 ? 'lock' : 'locks'}`;
  return `pid ${pid}${name}: ${state} for ${seconds} s${holds}, last statement: ${query.replaceAll(/\s+/g, ' ').trim()}`;
}
