import { expectForeignKeysIndexed, expectIndexed, expectPlan, fill } from '@splitlevel/testkit';
import { describe } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

const since = '?since=2026-01-01T00:00:00Z';

describe('plans: what is looked for is found by an index', () => {
  test('by every foreign key', async ({ database }) => {
    await expectForeignKeysIndexed(database);
  });

  test.for([
    ['GET', '', undefined],
    ['PUT', '/discount', { discountPercent: '60' }],
    ['GET', '/discount-changes', undefined],
    ['GET', `/discount-changes${since}`, undefined],
  ] as const)('by %s …/:id%s', async ([method, path, body], { service, database }) => {
    const { id } = await create(service);
    await expectIndexed(database, () => call(service, method, `/products/${id}${path}`, body));
  });

  test.for(['', '?name=Chair'])('by GET /products%s', async (query, { service, database }) => {
    await expectIndexed(database, () => call(service, 'GET', `/products${query}`));
  });

  test('by a name, among many', async ({ service, database }) => {
    await fill(database, 'products', 5000, { values: { discount_percent: 'i % 50' } });
    const uses = 'products_name_unique';
    await expectPlan(database, () => call(service, 'GET', '/products?name=Chair'), { uses });
  });
});
