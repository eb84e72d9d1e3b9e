import { randomBytes } from 'node:crypto';
import { now, sleep } from '@splitlevel/guards/originals';
import { Connection } from 'rabbitmq-client';
import { acquire, type Server } from '../../servers/acquire.ts';
import { shareSession } from '../shared/share-session.ts';
import { openSessions } from './open-sessions.ts';
import { RabbitmqAdmin } from './rabbitmq-admin.ts';
import { server as rabbitmqServer } from './rabbitmq-server.ts';
import { dropOrphans } from './sweep.ts';

/** This process's hold on a server: as long as its connection is open, the virtual hosts that it made are in use. */
export interface ServerSession {
  readonly server: Server;
  /** Part of the names of all virtual hosts of this process. */
  readonly id: string;
  readonly admin: RabbitmqAdmin;
  readonly connection: Connection;
}

/** How long the server may take to accept and to list a connection. */
const TIMEOUT_MS = 15_000;
const INTERVAL_MS = 20;

/** One per process. */
export const { open: openServerSession, close: closeServerSession } = shareSession(open, ({ connection }) =>
  connection.unsafeDestroy(),
);

async function open(): Promise<ServerSession> {
  const server = await acquire(rabbitmqServer);
  const admin = new RabbitmqAdmin(server.url);
  const id = randomBytes(6).toString('hex');
  const connection = new Connection({ url: plain(server.url), connectionName: id });
  // It connects again by itself; what cannot go on without it fails with a reason of its own.
  connection.on('error', () => {});
  try {
    await connection.onConnect(TIMEOUT_MS, true);
    await untilListed(admin, id);
    await dropOrphans(admin);
    return { server, id, admin, connection };
  } catch (error) {
    connection.unsafeDestroy();
    throw error;
  }
}

/** The API learns of a connection a moment after it was opened; until then another process would take this one for dead. */
async function untilListed(admin: RabbitmqAdmin, id: string): Promise<void> {
  const deadline = now() + TIMEOUT_MS;
  while (!(await openSessions(admin)).has(id)) {
    if (now() > deadline) {
      throw new Error(
        `RabbitMQ's management API did not list a connection within ${TIMEOUT_MS / 1000} s of its opening`,
      );
    }
    await sleep(INTERVAL_MS);
  }
}

/** The URL without what the testkit alone reads in it. */
export function plain(serverUrl: string): string {
  const url = new URL(serverUrl);
  url.search = '';
  url.pathname = '';
  return url.href;
}
