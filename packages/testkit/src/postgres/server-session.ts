import { newSession } from '../databases/names.ts';
import { acquirePostgres, type PostgresServer } from './acquire-postgres.ts';
import { Connection } from './connection.ts';
import { lockClasses, lockKey } from './names.ts';
import { dropOrphans } from './sweep.ts';

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
