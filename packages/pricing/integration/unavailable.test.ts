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
