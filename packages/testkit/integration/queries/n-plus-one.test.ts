import { Kysely, PostgresDialect } from 'kysely';
import { describe, expect } from 'vitest';
import { expectNoNPlusOne } from '../../src/index.ts';
import type { PostgresDatabase } from '../../src/kinds/postgres/postgres-database.ts';
import { test } from './fixtures.ts';

const add = (database: PostgresDatabase) => (count: number) =>
  database.pool.query("INSERT INTO item (shop_id, name) SELECT 1, 'item' FROM generate_series(1, $1)", [count]);

for (const isolation of ['worker', 'rollback'] as const) {
  describe(isolation, () => {
    test.override('isolation', isolation);

    test('a query in a loop is an N+1, which is named', async ({ database }) => {
      const work = async () => {
        const { rows } = await database.pool.query('SELECT id, shop_id FROM item');
        for (const { shop_id } of rows) {
          await database.pool.query('SELECT name FROM shop WHERE id = $1', [shop_id]);
        }
      };
      await expect(expectNoNPlusOne(database, { add: add(database), work })).rejects.toThrow(
        'N+1: for 5 more rows this statement was sent 5 more times:\n' +
          '  SELECT name FROM shop WHERE id = $1\n' +
          '  With 5 rows added it was sent 5 times, with 10 rows 10 times.\n' +
          'Send one statement for all rows: a join, or a condition like id = any($1).',
      );
    });

    test('a join is none, and the work gives what it came to', async ({ database }) => {
      const work = async () =>
        (await database.pool.query('SELECT s.name FROM item AS i JOIN shop AS s ON s.id = i.shop_id')).rows.length;
      expect(await expectNoNPlusOne(database, { add: add(database), work, rows: 3 })).toBe(6);
    });
  });
}

test('statements that the driver prepared, and those of a builder, are seen alike', async ({ database }) => {
  const kysely = new Kysely<{ shop: { id: number; name: string } }>({
    dialect: new PostgresDialect({ pool: database.pool }),
  });
  const work = async () => {
    const { rows } = await database.pool.query('SELECT id, shop_id FROM item');
    await Promise.all(
      rows.map(async ({ shop_id }) => {
        await kysely.selectFrom('shop').select('name').where('id', '=', shop_id).execute();
        await database.pool.query({ name: 'by-id', text: 'SELECT FROM shop WHERE id = $1', values: [shop_id] });
      }),
    );
  };
  await expect(expectNoNPlusOne(database, { add: add(database), work })).rejects.toThrow(
    /\n {2}SELECT FROM shop WHERE id = \$1\n[\s\S]*\n {2}select "name" from "shop" where "id" = \$1\n/,
  );
});

test('one list of values for all rows is none, however long it is', async ({ database }) => {
  const work = async () => {
    const { rows } = await database.pool.query<{ id: number }>('SELECT id FROM item');
    const places = rows.map((_row, index) => `$${index + 1}`).join(', ');
    await database.pool.query(
      `SELECT name FROM item WHERE id IN (${places})`,
      rows.map(({ id }) => id),
    );
  };
  await expectNoNPlusOne(database, { add: add(database), work });
});

test('a write in a loop is an N+1 too', async ({ database }) => {
  const work = async () => {
    const { rows } = await database.pool.query('SELECT id FROM item');
    for (const { id } of rows) {
      await database.pool.query("UPDATE item SET name = 'x' WHERE id = $1", [id]);
    }
  };
  await expect(expectNoNPlusOne(database, { add: add(database), work })).rejects.toThrow(
    /N\+1: .*\n {2}UPDATE item SET name = \$2 WHERE id = \$1\n/,
  );
});

test('rows that the work does not read prove nothing', async ({ database }) => {
  const work = async () => (await database.pool.query('SELECT name FROM shop')).rows;
  await expect(expectNoNPlusOne(database, { add: add(database), work })).rejects.toThrow(
    'Nothing is proved about N+1: with 5 more rows, what work sent came to 2 rows, before it was 2, and its result is ' +
      'the same. Let add() create rows that work reads each time',
  );
});

test('rows that the server aggregates show in the result', async ({ database }) => {
  const work = async () => (await database.pool.query('SELECT json_agg(item) AS items FROM item')).rows;
  await expectNoNPlusOne(database, { add: add(database), work });
});

test('one row shows nothing', async ({ database }) => {
  await expect(expectNoNPlusOne(database, { add: () => {}, work: () => {}, rows: 1 })).rejects.toThrow(
    'rows is 1; two or more show an N+1.',
  );
});
