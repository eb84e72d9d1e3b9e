import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

/** Nothing listens on port 1. */
const databaseDown = { DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:1/none' };

test('a service that can do its work is live and ready', async ({ service }) => {
  expect(await call(service, 'GET', '/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
  expect(await call(service, 'GET', '/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
});

test('without its database a service is live, but not ready', async ({ startService }) => {
  const service = await startService(databaseDown);
  expect(await call(service, 'GET', '/health/live')).toMatchObject({ status: 200 });
  const { status, body } = await call(service, 'GET', '/health/ready');
  expect([status, body.detail], 'what is missing is not told').toEqual([503, 'the database does not answer']);
  expect(JSON.stringify(body), 'the answer tells where the database is').not.toMatch(
    /127\.0\.0\.1|ECONNREFUSED|nobody|secret/,
  );
});
