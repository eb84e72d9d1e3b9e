import { expect } from 'vitest';
import { call, create } from './call.ts';
import { test } from './fixtures.ts';

test('numbers past 2^53 keep every digit, and their order', async ({ service, database }) => {
  const { id } = await create(service);
  const sequence = `pg_get_serial_sequence('"product_discount_changes"', 'number')`;
  await database.query(`select setval(${sequence}, 9007199254740992, false)`);
  for (const discountPercent of ['1', '2', '3']) {
    await call(service, 'PUT', `/products/${id}/discount`, { discountPercent });
  }
  const changes = `/products/${id}/discount-changes`;
  const numbers = async (query: string) =>
    (await call(service, 'GET', changes + query)).body.changes.map(({ number }: { number: string }) => number);

  expect(await numbers('')).toEqual(['9007199254740994', '9007199254740993', '9007199254740992']);
  expect(await numbers('?before=9007199254740994')).toEqual(['9007199254740993', '9007199254740992']);
  expect(await numbers('?before=9007199254740993')).toEqual(['9007199254740992']);
});
