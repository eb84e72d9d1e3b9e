import { expectSerializable } from '@splitlevel/testkit';
import { describe } from 'vitest';
import { call } from './call.ts';
import { type StartService, test } from './fixtures.ts';

/** Chair and Table have deep discounts, Shelf and Lamp have none. */
const write = `insert into "products" (name, price, discount_percent)
  values ('Chair', 1, 60), ('Table', 1, 60), ('Shelf', 1, 0), ('Lamp', 1, 0) returning id, name`;

/** A service of its own, which changes one discount in each interleaving of the statements. */
const change = (startService: StartService, name: string, discountPercent: string) => async (url: string) => {
  const service = await startService({ DATABASE_URL: url });
  return async (written: { id: string; name: string }[]) => {
    const id = written.find((each) => each.name === name)?.id;
    return await call(service, 'PUT', `/products/${id}/discount`, { discountPercent });
  };
};

/** A service of its own, which makes a new one in each interleaving. */
const add = (startService: StartService, name: string, discountPercent: string) => async (url: string) => {
  const service = await startService({ DATABASE_URL: url });
  return async () => {
    const { status } = await call(service, 'POST', '/products', { name, price: '1', discountPercent });
    return status;
  };
};

describe('transactions: of requests at the same time each acts as if it were alone', () => {
  test('two changes of one discount', async ({ startService, database }) => {
    await expectSerializable(database, {
      pieces: [change(startService, 'Lamp', '10'), change(startService, 'Lamp', '20')],
      prepare: () => database.query<{ id: string; name: string }>(write),
      state: `select name, discount_percent, (select json_agg(json_build_array(from_percent, to_percent) order by number)
        from "product_discount_changes" where product_id = "products".id) as changes
        from "products" order by name`,
    });
  });

  test('two deep discounts, of which one is too many', async ({ startService, database }) => {
    await expectSerializable(database, {
      pieces: [change(startService, 'Shelf', '60'), change(startService, 'Lamp', '60')],
      prepare: () => database.query<{ id: string; name: string }>(write),
      state: 'select name, discount_percent from "products" order by name',
    });
  });

  test('two new ones with deep discounts, of which one is too many', async ({ startService, database }) => {
    await expectSerializable(database, {
      pieces: [add(startService, 'Sofa', '60'), add(startService, 'Desk', '60')],
      prepare: () => database.query(write),
      state: 'select name, discount_percent from "products" order by name',
    });
  });
});
