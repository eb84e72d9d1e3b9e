import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { expectAnswerWithin } from '@splitlevel/testkit';
import { expect } from 'vitest';
import { call } from './call.ts';
import { test as base, listening } from './processes.ts';

/** A check has a second, and so has the end of the process; the rest is for a busy machine. */
const patience = 10_000;

/** The URL of a database that takes connections and never says a word, as one does that hangs. */
const test = base.extend('silent', async ({ environment }, { onCleanup }) => {
  const sockets: Socket[] = [];
  const server = net.createServer((socket) => void sockets.push(socket.on('error', () => undefined)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onCleanup(() => {
    for (const socket of sockets) {
      socket.destroy();
    }
    server.close();
  });
  const url = new URL(environment.DATABASE_URL);
  url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return url.href;
});

test('with a database that never answers a service is not ready, and says so in time', async ({
  startService,
  silent,
}) => {
  const service = await startService({ DATABASE_URL: silent, DATABASE_TIMEOUT_MS: '20000' });
  const answer = await expectAnswerWithin(patience, () => call(service, 'GET', '/health/ready'));
  expect([answer.status, answer.body.detail], 'what is missing is not told').toEqual([
    503,
    'the database does not answer',
  ]);
});

test('a database that never answers does not keep the process from ending', async ({ run, silent }) => {
  const child = run({ DATABASE_URL: silent, DATABASE_TIMEOUT_MS: '120000', SHUTDOWN_TIMEOUT_MS: '100' });
  const { url } = await listening(child);
  // The service asks for a connection, and goes on to wait for it when the check is over.
  await (await fetch(`${url}/health/ready`)).text();
  const exited = once(child, 'exit', { signal: AbortSignal.timeout(patience) }).catch(() => ['not at all']);
  child.kill('SIGTERM');
  expect((await exited)[0], 'the process waits for its database').not.toBe('not at all');
});
