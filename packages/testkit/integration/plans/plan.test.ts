import { expect } from 'vitest';
import { expectPlan, fill } from '../../src/index.ts';
import { test } from './shop.ts';

test('at volume, the planner chooses the index', async ({ database }) => {
  await fill(database, 'products', 10_000);
  const { rows } = await expectPlan(database, () => database.pool.query("SELECT id FROM products WHERE name = 'a'"), {
    uses: 'products_name_key',
  });
  expect(rows).toEqual([]);
});

test('a plan that does not is shown', async ({ database }) => {
  await fill(database, 'products', 10_000);
  const work = () => database.pool.query("SELECT id FROM products WHERE lower(name) = 'a'");
  const error = await expectPlan(database, work, { uses: 'products_name_key' }).catch((e: Error) => e);
  expect((error as Error).message).toBe(
    'Expected a plan that uses products_name_key of products; the plans are:\n' +
      '  SELECT id FROM products WHERE lower(name) = $1\n' +
      '    Seq Scan on products, filter (lower(products.name) = $1)',
  );
  expect((error as Error).stack).toMatch(/\n\s+at (async )?[^\n]*plan\.test\.ts/);
});

test('a table that was never filled is named as the likely cause', async ({ database }) => {
  const work = () => database.pool.query('SELECT * FROM changes');
  await expect(expectPlan(database, work, { uses: 'changes_by_time' })).rejects.toThrow(
    'changes is small or was never analyzed, and a small table is read whole: fill(database, "changes", 10_000) first.',
  );
});

test('an index that does not exist is not a failure of the plan', async ({ database }) => {
  await expect(expectPlan(database, () => {}, { uses: 'products_by_nmae' })).rejects.toThrow(
    "There is no index products_by_nmae in the test's database.",
  );
});

test('work that sends nothing uses no index', async ({ database }) => {
  await expect(expectPlan(database, () => {}, { uses: 'changes_by_time' })).rejects.toThrow(
    'work sent no statement that reads or changes rows.',
  );
});
