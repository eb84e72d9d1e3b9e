import { randomBytes } from 'node:crypto';
import { acquire, type Server } from '../../servers/acquire.ts';
import { shareSession } from '../shared/share-session.ts';
import { parseClientList } from './clients.ts';
import { Connection } from './connection.ts';
import { server as redisServer } from './redis-server.ts';

/** This process's hold on a server: as long as its connection is open, the databases that it has taken are its own. */
export interface ServerSession {
  readonly server: Server;
  readonly id: string;
  readonly connection: Connection;
  /** How many databases the server has. */
  readonly databases: number;
}

/** Each connection that holds databases has this at the start of its name. */
const NAME = 'splitlevel-';

/** One per process. */
export const { open: openServerSession, close: closeServerSession } = shareSession(open, ({ connection }) =>
  connection.close(),
);

async function open(): Promise<ServerSession> {
  const server = await acquire(redisServer);
  const id = randomBytes(6).toString('hex');
  const connection = await Connection.open(urlOf(server.url, 0), NAME + id);
  try {
    const databases = await readDatabases(connection);
    return { server, id, connection, databases };
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function readDatabases(connection: Connection): Promise<number> {
  const reply = (await connection.send('CONFIG', 'GET', 'databases')) as Record<string, string> | string[];
  return Number(Array.isArray(reply) ? reply[1] : reply.databases);
}

/** The sessions of all processes that are alive. */
export async function openSessions(connection: Connection): Promise<Set<string>> {
  const clients = parseClientList(String(await connection.send('CLIENT', 'LIST')));
  return new Set(clients.flatMap(({ name }) => (name.startsWith(NAME) ? [name.slice(NAME.length)] : [])));
}

/** The same server by another database and, where given, another user. */
export function urlOf(serverUrl: string, database: number, user?: { name: string; password: string }): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (user) {
    url.username = user.name;
    url.password = user.password;
  }
  return url.href;
}
