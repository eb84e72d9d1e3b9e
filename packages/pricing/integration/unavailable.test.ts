import { expectAnswerWithin } from '@splitlevel/testkit';
import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

/** Nothing listens on port 1. */
const databaseDown = { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' };

test('without its database a service answers that it is unavailable, and tells no more', async ({ startService }) => {
  const service = await startService(databaseDown);
  const { status, body } = await call(service, 'POST', '/products', { name: 'Chair', price: '1' });
  expect(status, 'a lost database is not told as such').toBe(503);
  expect(JSON.stringify(body), 'the answer tells where the database is').not.toMatch(
    /127\.0\.0\.1|ECONNREFUSED|nobody|secret/,
  );
});

test('a database that hangs is told in time, and the next request is served when it goes on', async ({
  startService,
  database,
}) => {
  const service = await startService({ DATABASE_TIMEOUT_MS: '2000', DATABASE_POOL_SIZE: '1' });
  const list = () => call(service, 'GET', '/products');
  expect(await list()).toMatchObject({ status: 200 });
  const fault = await database.fault('slow');
  expect(await expectAnswerWithin(8000, list), 'the database hangs').toMatchObject({ status: 503 });
  await fault.undo();
  await expect.poll(list, { timeout: 20_000, message: 'the service does not recover' }).toMatchObject({ status: 200 });
});

test('connections that break while nobody uses them are replaced', async ({ service, database }) => {
  const list = () => call(service, 'GET', '/products');
  expect(await list()).toMatchObject({ status: 200 });
  await database.fault('reset');
  await expect.poll(list, { timeout: 20_000, message: 'the service does not recover' }).toMatchObject({ status: 200 });
});
