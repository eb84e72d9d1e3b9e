import pg from 'pg';
import { acquirePostgres, type PostgresServer } from './acquire-postgres.ts';
import { Connection } from './connection.ts';
import { lockClasses, lockKey, newSession, PREFIX } from './names.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** This process's hold on a server: a connection whose advisory lock says that the databases made by it are in use. */
export interface ServerSession {
  readonly server: PostgresServer;
  /** Part of the names of all databases of this process. */
  readonly id: string;
  readonly connection: Connection;
}

let current: Promise<ServerSession> | undefined;
let users = 0;

/** One per process, which all that ask for it share; a failure is tried again by the next caller. */
export function openServerSession(): Promise<ServerSession> {
  users++;
  current ??= open();
  return current.catch((error) => {
    users--;
    current = undefined;
    throw error;
  });
}

/** To be called once by each that opened it. The last one gives up the hold: what was not dropped may be swept. */
export async function closeServerSession(): Promise<void> {
  if (--users > 0) return;
  const closing = current;
  current = undefined;
  await (await closing)?.connection.close();
}

async function open(): Promise<ServerSession> {
  const server = await acquirePostgres();
  const connection = await Connection.open(server.url);
  try {
    const id = await lockSession(connection);
    await dropOrphans(connection);
    return { server, id, connection };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function lockSession(connection: Connection): Promise<string> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const id = newSession();
    const [row] = await connection.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS locked', [
      lockClasses.session,
      lockKey(id),
    ]);
    if (row?.locked) return id;
  }
  throw new Error('Ten random numbers in a row were in use as advisory locks on this PostgreSQL server.');
}

/** Databases of processes that are gone: their names carry a session that nobody holds. Evidence is kept. */
const ORPHANS = `
  SELECT datname AS name
  FROM pg_database AS d
  WHERE datname ~ ${escapeLiteral(`^${PREFIX}[a-z0-9_]*_[0-9a-f]{8}_[0-9]+$`)}
    AND shobj_description(d.oid, 'pg_database') IS NULL
    AND NOT EXISTS (
      SELECT FROM pg_locks AS l
      WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid = ${lockClasses.session}
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND lpad(to_hex(l.objid::bigint), 8, '0') = substring(d.datname FROM '_([0-9a-f]{8})_[0-9]+$')
    )
  LIMIT 100`;

async function dropOrphans(connection: Connection): Promise<void> {
  for (const { name } of await connection.query<{ name: string }>(ORPHANS)) {
    // Others sweep at the same time: who comes second finds it gone, or being dropped, and goes on.
    await connection.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`).catch(() => {});
  }
}
