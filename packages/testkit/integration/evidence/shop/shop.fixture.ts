import { createTest, expectAtMostQueries, expectIndexed } from '../../../src/index.ts';
import { postgres, upstream } from '../../../src/needs.ts';
import { runSql } from '../../postgres/run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(
      'CREATE TABLE product (id int PRIMARY KEY, name text); CREATE TABLE "empty one" (id int); CREATE TABLE price (id int)',
    ),
  }),
  rates: upstream('rates'),
});

test('reads by an index', async ({ database }) => {
  const read = () => database.pool.query('SELECT name FROM product\n WHERE id = $1', [1]);
  await expectIndexed(database, read);
  await expectAtMostQueries(database, 2, () => Promise.all([read(), read()]));
  await expectAtMostQueries(database, 0, () =>
    database.pool.query("SET application_name = 'secret'; RESET application_name"),
  );
});

test('asks an upstream', async ({ rates, expect }) => {
  await fetch(`${rates.url}/rates/EUR?key=secret`, { headers: { authorization: 'secret' } });
  await fetch(`${rates.url}/rates/USD`).catch(() => undefined);
  expect(1).toBe(1);
});

test('leaves rows', async ({ database, expect }) => {
  await database.query("INSERT INTO product VALUES (1, 'Evidence')");
  await database.query('INSERT INTO price SELECT generate_series(1, 1500)');
  expect('this').toBe('that');
});

test.skip('is left out', ({ database }) => database.query('SELECT 1'));
