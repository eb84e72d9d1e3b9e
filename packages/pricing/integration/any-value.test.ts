import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { expectRoundTrip } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { newProduct } from '../src/product-input.ts';
import { call } from './call.ts';
import { create } from './create-product.ts';
import { test } from './fixtures.ts';

/** Whether the service takes it on top of a chair for 19.99. */
const takes = (fields: object) => newProduct.safeParse({ name: 'Chair', price: '19.99', ...fields });

describe('round trips: whatever is written is read again as it was', () => {
  test('any price', async ({ service, database }) => {
    await expectRoundTrip(
      database,
      'products.price',
      async (price) => {
        const { id } = await create(service, { name: randomUUID(), price });
        return (await call(service, 'GET', `/products/${id}`)).body.price;
      },
      { where: (price) => takes({ price }).success },
    );
  });

  test('any discount', async ({ service, database }) => {
    const { id } = await create(service);
    await expectRoundTrip(database, 'products.discount_percent', async (discountPercent) => {
      await call(service, 'PUT', `/products/${id}/discount`, { discountPercent });
      return (await call(service, 'GET', `/products/${id}`)).body.discountPercent;
    });
  });

  test('any name', async ({ service, database }) => {
    await expectRoundTrip(
      database,
      'products.name',
      async (name) => {
        const { id } = await create(service, { name });
        const read = (await call(service, 'GET', `/products/${id}`)).body.name;
        await database.query('delete from "products"');
        return read;
      },
      { where: (name) => takes({ name }).data?.name === name, values: ['x'.repeat(200)] },
    );
  });

  test('any attributes', async ({ service, database }) => {
    const values = [{}, { colour: 'red' }, { empty: '' }, { 'größe 😀': '"42"' }, { a: '{"b":"c"}', b: 'null' }];
    await expectRoundTrip(
      database,
      'products.attributes',
      async (attributes) => {
        const { id } = await create(service, { name: randomUUID(), attributes: JSON.parse(attributes) });
        return JSON.stringify((await call(service, 'GET', `/products/${id}`)).body.attributes);
      },
      {
        where: (text) => {
          const attributes = JSON.parse(text);
          return isDeepStrictEqual(takes({ attributes }).data?.attributes, attributes);
        },
        values: values.map((value) => JSON.stringify(value)),
      },
    );
  });

  test('any number of a change, also past 2^53', async ({ service, database }) => {
    const { id } = await create(service);
    const sequence = `pg_get_serial_sequence('"product_discount_changes"', 'number')`;
    await expectRoundTrip(
      database,
      'product_discount_changes.number',
      async (number) => {
        await database.query('delete from "product_discount_changes"');
        await database.query(`select setval(${sequence}, $1, false)`, [number]);
        await call(service, 'PUT', `/products/${id}/discount`, { discountPercent: '1' });
        return (await call(service, 'GET', `/products/${id}/discount-changes`)).body.changes[0].number;
      },
      { where: (number) => BigInt(number) > 0n },
    );
  });
});

test('changes are listed by their numbers, also past 2^53', async ({ service, database }) => {
  const { id } = await create(service);
  const insert = `insert into "product_discount_changes" (number, product_id, from_percent, to_percent)
    overriding system value values (9007199254740992, $1, 0, 1), (9007199254740993, $1, 1, 2)`;
  await database.query(insert, [id]);
  const { body } = await call(service, 'GET', `/products/${id}/discount-changes?before=9007199254740993`);
  expect(body.changes).toMatchObject([{ number: '9007199254740992' }]);
});
