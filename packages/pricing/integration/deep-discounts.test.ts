import { expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

const detail = 'at most 3 products may have a discount above 50 % at the same time';
const names = ['Chair', 'Table', 'Shelf'];

test('a fourth deep discount is a conflict, and is not stored', async ({ service, database }) => {
  for (const name of names) {
    await create(service, { name, discountPercent: '60' });
  }
  const { id } = await create(service, { name: 'Lamp', discountPercent: '50' });

  const changed = await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '50.01' });
  const lamp = { name: 'Second lamp', price: '1', discountPercent: '60' };
  const created = await call(service, 'POST', '/products', lamp);

  expect([changed.status, changed.body.detail], 'a fourth deep discount by a change').toEqual([409, detail]);
  expect([created.status, created.body.detail], 'a fourth deep discount of something new').toEqual([409, detail]);
  const deep = 'select name from "products" where discount_percent > 50 order by id';
  expect(await database.query(deep), 'what was refused is stored').toEqual(names.map((name) => ({ name })));
  expect(await database.query('select * from "product_discount_changes"'), 'a refused change left its record').toEqual(
    [],
  );
});

test('a deep discount makes room for another when it ends, and may change', async ({ service }) => {
  const [first, second] = await Promise.all(names.map((name) => create(service, { name, discountPercent: '60' })));
  const change = async (id: string, discountPercent: string) =>
    (await call(service, 'PUT', `/products/${id}/discount`, { discountPercent })).status;
  expect(await change(first.id, '70'), 'a deep discount that becomes another').toBe(200);
  expect(await change(second.id, '10'), 'a deep discount that ends').toBe(200);
  expect((await create(service, { name: 'Lamp', discountPercent: '60' })).discountPercent).toBe('60.00');
  expect(await change(second.id, '60'), 'a fourth deep discount').toBe(409);
});
