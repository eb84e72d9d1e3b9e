import { describe, expect } from 'vitest';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

describe('the discounted product survives the round trip to the database with its decimals intact', () => {
  test.for([
    { price: '19.99', discountPercent: '12.50', discountedPrice: '17.49' },
    { price: '0.10', discountPercent: '0.01', discountedPrice: '0.10' },
    { price: '9999999999.99', discountPercent: '0.01', discountedPrice: '9998999999.99' },
  ])('$price less $discountPercent %', async ({ discountedPrice, ...stored }, { service, database }) => {
    const { id } = await create(service, stored);

    const { body } = await call(service, 'GET', `/products/${id}`);
    const read = { id, name: 'Chair', ...stored, attributes: {}, discountedPrice };
    expect(body, 'a decimal is text with all its places, never a float').toEqual(read);
    expect(
      await database.query('select price::text, discount_percent::text from "products"'),
      'the numbers as they are stored',
    ).toEqual([{ price: stored.price, discount_percent: stored.discountPercent }]);
  });
});

test('decimals come back with all their places, however they were written', async ({ service }) => {
  const { id } = await create(service, { price: '7', discountPercent: '2.5' });
  const { body } = await call(service, 'GET', `/products/${id}`);
  expect(body).toMatchObject({ price: '7.00', discountPercent: '2.50' });
});

test('what the input takes at most has room in the table', async ({ service }) => {
  const most = { name: 'n'.repeat(200), price: '9999999999.99', discountPercent: '100.00' };
  const { status } = await call(service, 'POST', '/products', most);
  expect(status, 'a column takes less than the input').toBe(201);
});

test.for(["Robert'); drop table products; --", '😀 “Zoë” 한글', '\\', '%_'])(
  'the name %s',
  async (name, { service }) => {
    const { id } = await create(service, { name });
    expect((await call(service, 'GET', `/products/${id}`)).body.name).toBe(name);
  },
);

test('attributes come back whole, from every route that shows them', async ({ service, database }) => {
  const attributes = { colour: 'red', 'größe 😀': '"42"', toString: '', a: '{"b":"c"}' };
  const { id, attributes: created } = await create(service, { attributes });
  const read = await call(service, 'GET', `/products/${id}`);
  const changed = await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '1' });
  expect([created, read.body.attributes, changed.body.attributes], 'when created, read, and changed').toEqual([
    attributes,
    attributes,
    attributes,
  ]);
  expect(await database.query('select attributes from "products"'), 'the document as it is stored').toEqual([
    { attributes },
  ]);
});
