import { randomUUID } from 'node:crypto';
import { expectAtMostQueries, expectNoNPlusOne } from '@splitlevel/testkit';
import { describe } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

describe('queries: what a request costs the database', () => {
  test('a list costs the same however much is listed', async ({ service, database }) => {
    await expectNoNPlusOne(database, {
      add: async (count) => {
        for (let added = 0; added < count; added += 1) {
          const { id } = await create(service, { name: randomUUID() });
          await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '1' });
        }
      },
      work: () => call(service, 'GET', '/products'),
    });
  });

  test('the changes of a discount cost the same however many they are', async ({ service, database }) => {
    const { id } = await create(service);
    await expectNoNPlusOne(database, {
      add: async (count) => {
        for (let added = 1; added <= count; added += 1) {
          await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: String(added) });
        }
      },
      work: () => call(service, 'GET', `/products/${id}/discount-changes`),
    });
  });

  test.for([
    ['GET', '', undefined, 1],
    ['PUT', '/discount', { discountPercent: '1' }, 3],
    ['GET', '/discount-changes', undefined, 2],
  ] as const)('%s …/:id%s stays within its budget', async ([method, path, body, budget], { service, database }) => {
    const { id } = await create(service);
    await expectAtMostQueries(database, budget, () => call(service, method, `/products/${id}${path}`, body));
  });

  test('a new one stays within its budget', async ({ service, database }) => {
    const deep = { name: 'Chair', price: '1', discountPercent: '60' };
    await expectAtMostQueries(database, 2, () => call(service, 'POST', '/products', deep));
  });
});
