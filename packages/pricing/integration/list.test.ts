import { expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

test('the newest come first, each with the last change of its discount', async ({ service }) => {
  const chair = await create(service, { name: 'Chair', attributes: { colour: 'red' } });
  const table = await create(service, { name: 'Table' });
  for (const discountPercent of ['10', '12.5']) {
    await call(service, 'PUT', `/products/${chair.id}/discount`, { discountPercent });
  }

  const { status, body } = await call(service, 'GET', '/products');

  const { body: latest } = await call(service, 'GET', `/products/${chair.id}/discount-changes`);
  const lastDiscountChange = { fromPercent: '10.00', toPercent: '12.50', changedAt: latest.changes[0].changedAt };
  expect(status).toBe(200);
  expect(body.products, 'the order, or the last change of each').toEqual([
    { ...table, lastDiscountChange: null },
    { ...chair, discountPercent: '12.50', discountedPrice: '17.49', lastDiscountChange },
  ]);
});

test('a name finds what has exactly this name', async ({ service }) => {
  for (const name of ['Chair', 'chair', 'Chair 2']) {
    await create(service, { name });
  }
  const { body } = await call(service, 'GET', '/products?name=Chair');
  expect(body.products).toMatchObject([{ name: 'Chair' }]);
  for (const name of ['Ch%', "' or '1'='1", '" or "1"="1', 'Chair\\', "'; --"]) {
    const query = new URLSearchParams({ name });
    const found = await call(service, 'GET', `/products?${query}`);
    expect([found.status, found.body], `the name ${name} is taken for SQL`).toEqual([200, { products: [] }]);
  }
});

test('of more than 100 the oldest are left out', async ({ service, database }) => {
  await database.query(
    `insert into "products" (name, price, discount_percent)
     select 'Chair ' || number, 1, 0 from generate_series(0, 200) number`,
  );
  const { body } = await call(service, 'GET', '/products');
  expect(body.products, 'a list without a bound').toHaveLength(100);
  expect(body.products.at(-1).name, 'the last of the list: the oldest are left out').toBe('Chair 101');
});

test('of more than 100 changes of a discount the oldest are left for the next page', async ({ service, database }) => {
  const { id } = await create(service);
  await database.query(
    `insert into "product_discount_changes" (product_id, from_percent, to_percent)
     select $1, 0, 1 from generate_series(0, 200)`,
    [id],
  );
  const path = `/products/${id}/discount-changes`;
  const { body } = await call(service, 'GET', path);
  expect(body.changes, 'changes without a bound').toHaveLength(100);
  const next = await call(service, 'GET', `${path}?before=${body.changes.at(-1).number}`);
  const numbers = [...body.changes, ...next.body.changes].map(({ number }) => number);
  expect(new Set(numbers).size, 'changes that are on both pages').toBe(200);
});
