import { rmSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { createServer, type Socket } from 'node:net';
import { takeLock } from './keeper-lock.ts';
import { type Message, type Request, receive, send } from './protocol.ts';
import { ServerPool } from './server-pool.ts';
import { removeStateDirectory, stateFiles } from './state-directory.ts';
import { openWorkspace } from './workspace.ts';

/** How long the servers stay after the last client has gone, in milliseconds: the next run often comes soon. */
const LINGER = 10_000;

/** How long the servers may take to stop, in milliseconds. */
const FAREWELL = 15_000;

enableCompileCache();
const workspace = openWorkspace();
const lock = await takeLock(workspace);
if (lock === undefined) process.exit(0);

const files = stateFiles(workspace);
const clients = new Set<Socket>();
const used = new Map<string, Map<string, string>>();
const pool = new ServerPool(workspace, (progress, key) => {
  for (const client of clients) send(client, { progress, key });
});
let linger = setTimeout(end, LINGER);
let ending = false;

rmSync(files.socket, { force: true });
const server = createServer((client) => {
  clients.add(client);
  clearTimeout(linger);
  client.on('error', (error) => console.error('A client was lost:', error.message));
  client.on('close', () => {
    clients.delete(client);
    if (clients.size === 0 && !ending) linger = setTimeout(end, LINGER);
  });
  receive<Request>(client, (request) => void reply(client, request));
  send(client, { hello: process.pid });
}).listen(files.socket);
process.on('SIGTERM', end);
process.on('SIGINT', end);

async function reply(client: Socket, request: Request): Promise<void> {
  try {
    send(client, { id: request.id, answer: await answer(request) });
  } catch (error) {
    console.error(error);
    send(client, { id: request.id, failure: (error as Error).message });
  }
}

async function answer(request: Request): Promise<Extract<Message, { answer: unknown }>['answer']> {
  switch (request.ask) {
    case 'server': {
      const { server, how } = await pool.get(request.kind, request.runtime, request.run);
      note(request.run, server.kind, `${describe(server)}, ${how})`);
      return server;
    }
    case 'state':
      return (await pool.state(request.kind, request.runtime)) ?? null;
    case 'used':
      note(request.run, request.text, request.text);
      return null;
    case 'summary':
      return [...(used.get(request.run)?.values() ?? [])];
    case 'warm-up':
      if (request.runtime === 'containers') await import('testcontainers');
      return null;
  }
}

function describe(server: { kind: string; version: string; source: string; identity: string }): string {
  const from = server.source === 'container' ? `from a container (${server.identity}` : 'embedded (this machine';
  return `${server.kind} ${server.version} ${from}`;
}

function note(run: string | undefined, key: string, text: string): void {
  if (run === undefined) return;
  const texts = used.get(run) ?? new Map<string, string>();
  if (!texts.has(key)) texts.set(key, text);
  used.set(run, texts);
}

function end(): void {
  if (ending) return;
  ending = true;
  clearTimeout(linger);
  server.close();
  rmSync(files.socket, { force: true });
  for (const client of clients) client.destroy();
  setTimeout(() => process.exit(1), FAREWELL).unref();
  void pool
    .stop()
    .catch((error: unknown) => console.error('A server was not stopped:', error))
    .finally(() => {
      removeStateDirectory(workspace);
      process.exit(0);
    });
}
