import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { ServerKind } from '../server-kind.ts';
import { openWorkspace } from '../workspace.ts';
import { takeLock } from './daemon-lock.ts';
import { type Answer, type Request, receive, send } from './daemon-protocol.ts';
import { ServerPool } from './server-pool.ts';
import { startServer } from './start-server.ts';
import { removeLeftovers, removeStateDirectory, stateFiles } from './state-directory.ts';
import { UsageLog } from './usage-log.ts';

/** How long the servers stay after the last client has gone: the next run often comes soon. */
const LINGER_MS = 10_000;

/** How long the servers may take to stop. */
const FAREWELL_MS = 15_000;

/** The workspace's root, and a name that no other daemon ever has. */
const [root, daemon = crypto.randomUUID()] = process.argv.slice(2);
const workspace = openWorkspace(root);
const lock = await takeLock(workspace).catch((error: Error) => {
  console.error(error.message);
  process.exit(1);
});
if (lock === undefined) {
  process.exit(0);
}

const files = stateFiles(workspace);
removeLeftovers(workspace);
const clients = new Set<Socket>();
const usage = new UsageLog();
const pool = new ServerPool(
  {
    workspace,
    daemon,
    progress: (progress, key) => {
      for (const client of clients) {
        send(client, { progress, key });
      }
    },
    onEngine: tellCleanup,
  },
  startServer,
);
let linger = setTimeout(end, LINGER_MS);
let ending = false;
let told = false;

rmSync(files.socket, { force: true });
const server = createServer(serve).listen(files.socket);
process.stdout.on('error', () => undefined);
process.on('SIGTERM', end);
process.on('SIGINT', end);

/** The shell that waits for this process hands it on. */
function tellCleanup(endpoint: string): void {
  if (told) {
    return;
  }
  told = true;
  process.stdout.write(endpoint);
}

function serve(client: Socket): void {
  clients.add(client);
  clearTimeout(linger);
  client.on('error', (error) => console.error('A client was lost:', error.message));
  client.on('close', () => {
    clients.delete(client);
    if (clients.size > 0 || ending) {
      return;
    }
    linger = setTimeout(end, LINGER_MS);
    pool.prepareNext().catch((error: unknown) => console.error('Nothing was prepared for the next start:', error));
  });
  receive<Request>(client, (request) => void reply(client, request));
  send(client, { hello: process.pid });
}

async function reply(client: Socket, request: Request): Promise<void> {
  try {
    send(client, { id: request.id, answer: await answer(request) });
  } catch (error) {
    console.error(error);
    send(client, { id: request.id, failure: (error as Error).message });
  }
}

async function answer(request: Request): Promise<Answer> {
  switch (request.ask) {
    case 'server': {
      const { server, startedIn } = await pool.get(await loadKind(request.module), request.runtime, request.run);
      usage.note(request.run, server, startedIn);
      return server;
    }
    case 'used':
      usage.note(request.run, request.server, undefined);
      return null;
    case 'state':
      return (await pool.state(request.kind, request.runtime)) ?? null;
    case 'used-servers':
      return usage.usedBy(request.run);
    case 'warm-up':
      if (request.runtime === 'containers') {
        await import('../containers/start-container.ts');
      }
      return null;
  }
}

/** Kinds are the clients' to know: what is above the servers says which there are. */
async function loadKind(file: string): Promise<ServerKind> {
  return ((await import(pathToFileURL(file).href)) as { server: ServerKind }).server;
}

function end(): void {
  if (ending) {
    return;
  }
  ending = true;
  clearTimeout(linger);
  server.close();
  rmSync(files.socket, { force: true });
  for (const client of clients) {
    client.destroy();
  }
  // The clean-up does what is not done by then.
  setTimeout(() => process.exit(1), FAREWELL_MS);
  void pool.stop().then(
    () => {
      removeStateDirectory(workspace);
      process.exit(0);
    },
    (error: unknown) => {
      console.error('A server was not stopped:', error);
      process.exit(1);
    },
  );
}
