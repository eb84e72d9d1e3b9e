import { acquire, type Server } from '../../../servers/acquire.ts';
import { newSession, PREFIX } from '../../shared/database-names.ts';
import { shareSession } from '../../shared/share-session.ts';
import { Connection } from '../connection.ts';
import { dropDatabase, EVIDENCE } from '../owned-database.ts';
import { server as mariadbServer } from './mariadb-server.ts';

/** This process's hold on a server: a connection whose lock says that the databases made by it are in use. */
export interface ServerSession {
  readonly server: Server;
  /** Part of the names of all databases of this process. */
  readonly id: string;
  /** Of the superuser. */
  readonly connection: Connection;
}

/** One per process. */
export const { open: openServerSession, close: closeServerSession } = shareSession(open, ({ connection }) =>
  connection.close(),
);

async function open(): Promise<ServerSession> {
  const server = await acquire(mariadbServer);
  const connection = await Connection.openSuperuser(server.url);
  try {
    const id = newSession();
    await connection.query('SELECT GET_LOCK(?, 10)', [lockName(id)]);
    await dropOrphans(connection);
    return { server, id, connection };
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Locks are the server's, not a database's. */
function lockName(session: string): string {
  return `${PREFIX}session_${session}`;
}

/** Whether the process of a session is gone. */
export async function isOver(connection: Connection, session: string): Promise<boolean> {
  const [row] = await connection.query<{ free: number }>('SELECT IS_FREE_LOCK(?) AS free', [lockName(session)]);
  return row?.free === 1;
}

/** Drops the databases of processes that are gone, with their users: their names carry a session that nobody holds. */
async function dropOrphans(connection: Connection): Promise<void> {
  const found = await connection.query<{ name: string; session: string }>(
    `SELECT SCHEMA_NAME AS name, REGEXP_SUBSTR(SCHEMA_NAME, '[0-9a-f]{8}(?=_[0-9]+(_kept)?$)') AS session
     FROM information_schema.SCHEMATA
     WHERE SCHEMA_NAME REGEXP ? AND SCHEMA_COMMENT NOT LIKE ?`,
    [`^${PREFIX}[a-z0-9_]*_[0-9a-f]{8}_[0-9]+(_kept)?$`, `${EVIDENCE}%`],
  );
  for (const { name, session } of found) {
    if (await isOver(connection, session)) {
      await dropDatabase(connection, name);
    }
  }
}
