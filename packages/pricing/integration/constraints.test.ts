import { expect } from 'vitest';
import { test } from './fixtures.ts';

test.for([
  ['a negative price', '-0.01', '0', 'products_price_check'],
  ['a negative discount', '1', '-0.01', 'products_discount_check'],
  ['a discount of more than everything', '1', '100.01', 'products_discount_check'],
])('the database itself refuses %s', async ([, price, percent, constraint], { database }) => {
  const insert = 'insert into "products" (name, price, discount_percent) values ($1, $2, $3)';
  await expect(database.query(insert, ['Chair', price, percent])).rejects.toMatchObject({ constraint });
});
