import { expect } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createDatabase } from '../src/database.ts';
import { ProductRepository } from '../src/product-repository.ts';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

test('a change of the discount shows at once, and is kept with what it replaced', async ({ service }) => {
  const { id } = await create(service, { price: '80', discountPercent: '5' });
  // What this read is not what the next one shows.
  await call(service, 'GET', `/products/${id}`);

  const { body } = await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '25' });

  expect(body).toMatchObject({ id, discountPercent: '25.00', discountedPrice: '60.00' });
  expect((await call(service, 'GET', `/products/${id}`)).body, 'the change does not show').toEqual(body);
  expect(
    (await call(service, 'GET', `/products/${id}/discount-changes`)).body.changes,
    'a change was not kept with what it replaced',
  ).toEqual([
    {
      number: expect.stringMatching(/^\d+$/),
      fromPercent: '5.00',
      toPercent: '25.00',
      changedAt: expect.stringMatching(/T\d\d:\d\d:\d\d\.\d{6}Z$/),
    },
  ]);
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
  const changes = await database.query('select * from "product_discount_changes"');
  expect(changes, 'the record was written, and its transaction was not').toEqual([]);
});
