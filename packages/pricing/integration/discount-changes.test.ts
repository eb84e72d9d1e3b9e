import { expect } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createDatabase } from '../src/database.ts';
import { ProductRepository } from '../src/product-repository.ts';
import { atOnce } from './at-once.ts';
import { call, create } from './call.ts';
import { test } from './fixtures.ts';

test('a change of the discount shows at once, and is kept with what it replaced', async ({ service }) => {
  const { id } = await create(service, { price: '80', discountPercent: '5' });

  const { body } = await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '25' });

  expect(body).toMatchObject({ id, discountPercent: '25.00', discountedPrice: '60.00' });
  expect((await call(service, 'GET', `/products/${id}/discount-changes`)).body.changes).toEqual([
    {
      number: expect.stringMatching(/^\d+$/),
      fromPercent: '5.00',
      toPercent: '25.00',
      changedAt: expect.stringMatching(/T\d\d:\d\d:\d\d\.\d{6}Z$/),
    },
  ]);
});

test('of changes at the same time none is lost: each replaced what the one before had set', async ({
  service,
  database,
}) => {
  const { id } = await create(service, { discountPercent: '0' });
  const percents = ['10', '20', '30', '40'];

  await atOnce(
    database,
    percents.map((discountPercent) => () => call(service, 'PUT', `/products/${id}/discount`, { discountPercent })),
  );

  const { body } = await call(service, 'GET', `/products/${id}/discount-changes`);
  const changes = body.changes.toReversed();
  expect(changes.map(({ toPercent }: { toPercent: string }) => Number(toPercent)).sort()).toEqual([10, 20, 30, 40]);
  expect(changes[0].fromPercent).toBe('0.00');
  for (const [index, change] of changes.slice(1).entries()) {
    expect(change.fromPercent).toBe(changes[index].toPercent);
  }
});

test('a change that the database refuses leaves no record of itself', async ({ environment, database }) => {
  const kysely = createDatabase(readConfig(environment), () => {});
  const repository = new ProductRepository(kysely);
  try {
    const { id } = await repository.insert({ name: 'Chair', price: '1', discountPercent: '0', attributes: {} });
    await expect(repository.changeDiscount(id, '100.01')).rejects.toThrow('products_discount_check');
  } finally {
    await kysely.destroy();
  }
  expect(await database.query('select * from "product_discount_changes"')).toEqual([]);
});
