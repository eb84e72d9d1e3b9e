import { once } from 'node:events';
import { expectAnswerWithin } from '@splitlevel/testkit';
import { expect } from 'vitest';
import { call } from './call.ts';
import { listening, test } from './processes.ts';

/** A check has a second, and so has the end of the process; the rest is for a busy machine. */
const patience = 10_000;

const ready = { status: 200, body: { status: 'ready' } };
const notReady = { status: 503, body: { detail: 'the database does not answer' } };

test('with a database that hangs a service is not ready, and says so in time', async ({ startService, database }) => {
  const service = await startService({ DATABASE_TIMEOUT_MS: '20000' });
  expect(await call(service, 'GET', '/health/ready')).toMatchObject(ready);
  await using _hung = await database.fault('slow');
  const answer = await expectAnswerWithin(patience, () => call(service, 'GET', '/health/ready'));
  expect(answer, 'what is missing is not told').toMatchObject(notReady);
});

test('a service whose database is gone for a while is ready again when that is back', async ({ service, database }) => {
  expect(await call(service, 'GET', '/health/ready')).toMatchObject(ready);
  const fault = await database.fault('down');
  const answer = await expectAnswerWithin(patience, () => call(service, 'GET', '/health/ready'));
  expect(answer, 'what is missing is not told').toMatchObject(notReady);
  await fault.undo();
  const check = () => call(service, 'GET', '/health/ready');
  await expect.poll(check, { timeout: 20_000, message: 'the service does not recover' }).toMatchObject(ready);
});

test('a database that hangs does not keep the process from ending', async ({ run, database }) => {
  await database.fault('slow');
  const child = run({ DATABASE_TIMEOUT_MS: '120000', SHUTDOWN_TIMEOUT_MS: '100' });
  const { url } = await listening(child);
  // The service asks for a connection, and goes on to wait for it when the check is over.
  await (await fetch(`${url}/health/ready`)).text();
  const exited = once(child, 'exit', { signal: AbortSignal.timeout(patience) }).catch(() => ['not at all']);
  child.kill('SIGTERM');
  expect((await exited)[0], 'the process waits for its database').not.toBe('not at all');
});
