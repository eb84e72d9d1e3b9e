import { expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

const changedAt = '2026-03-29T00:59:59.123457Z';
const insert = `insert into "product_discount_changes" (product_id, from_percent, to_percent, changed_at)
  values ($1, 0, 1, $2)`;

test.for([
  ['the same microsecond', '2026-03-29T00:59:59.123457Z', [changedAt]],
  ['the same microsecond in another zone', '2026-03-29T06:44:59.123457+05:45', [changedAt]],
  ['a microsecond earlier', '2026-03-29T00:59:59.123456Z', [changedAt]],
  ['a microsecond later', '2026-03-29T00:59:59.123458Z', []],
  ['the first year', '0001-01-01T00:00:00+14:59', [changedAt]],
  ['the last year', '9999-12-31T23:59:59.999999-14:59', []],
] as const)('since %s', async ([, since, expected], { service, database }) => {
  const { id } = await create(service);
  await database.query(insert, [id, changedAt]);
  const query = new URLSearchParams({ since });
  const { status, body } = await call(service, 'GET', `/products/${id}/discount-changes?${query}`);
  expect(status).toBe(200);
  const found = body.changes.map((change: { changedAt: string }) => change.changedAt);
  expect(found, 'the instant of the caller lost its microseconds or its offset').toEqual(expected);
});
