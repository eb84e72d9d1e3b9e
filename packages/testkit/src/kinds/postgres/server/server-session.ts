import { newSession } from '../../shared/database-names.ts';
import { shareSession } from '../../shared/share-session.ts';
import { Connection } from '../connection.ts';
import { type Login, loginOf } from '../login.ts';
import { lockClasses, lockKey } from '../postgres-names.ts';
import { acquirePostgres, type PostgresServer } from './acquire-postgres.ts';
import { dropOrphans } from './sweep.ts';

/** This process's hold on a server: a connection whose advisory lock says that the databases made by it are in use. */
export interface ServerSession {
  readonly server: PostgresServer;
  /** Part of the names of all databases of this process. */
  readonly id: string;
  /** Of the roles that own these databases. */
  readonly login: Login;
  readonly connection: Connection;
}

/** One per process. */
export const { open: openServerSession, close: closeServerSession } = shareSession(open, ({ connection }) =>
  connection.close(),
);

async function open(): Promise<ServerSession> {
  const server = await acquirePostgres();
  const connection = await Connection.open(server.url);
  try {
    const id = await lockSession(connection);
    await dropOrphans(connection);
    return { server, id, connection, login: loginOf(server.url, id) };
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
    if (row?.locked) {
      return id;
    }
  }
  throw new Error('Ten random numbers in a row were in use as advisory locks on this PostgreSQL server.');
}
