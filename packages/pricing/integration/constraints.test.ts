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

test('the database itself refuses a row that lacks a value', async ({ database }) => {
  // Columns of later migrations that may be null are expected here, by their names.
  const nullable = await database.query(
    "select table_name, column_name from information_schema.columns where is_nullable = 'YES' and table_name in ($1, $2)",
    ['products', 'product_discount_changes'],
  );
  expect(nullable, 'the columns that may be null').toEqual([]);
});
