import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { describe, expect } from 'vitest';
import { expectAtMostQueries, queriesOf } from '../../src/index.ts';
import { test } from './fixtures.ts';

interface Tables {
  shop: { id: number; name: string };
}

for (const isolation of ['worker', 'rollback', 'clone'] as const) {
  describe(isolation, () => {
    test.override('isolation', isolation);

    test('statements are counted by their shape, whoever sent them', async ({ database }) => {
      const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: database.pool }) });
      const statements = await queriesOf(database, async () => {
        for (const id of [1, 2, 3]) {
          await kysely.selectFrom('shop').selectAll().where('id', '=', id).execute();
        }
        for (const id of [1, 2]) {
          await database.pool.query({ name: 'prepared', text: 'SELECT name FROM shop WHERE id = $1', values: [id] });
        }
        await database.pool.query("INSERT INTO item (shop_id, name) VALUES (1, 'a'), (1, 'b')");
        await database.pool.query('SELECT count(*) FROM item WHERE id > $1', [0]);
      });
      expect(statements.filter(({ sql }) => !/^show/i.test(sql))).toEqual([
        { sql: 'select * from "shop" where "id" = $1', calls: 3, rows: 2 },
        { sql: 'SELECT name FROM shop WHERE id = $1', calls: 2, rows: 2 },
        { sql: expect.stringContaining('INSERT INTO item'), calls: 1, rows: 2 },
        { sql: 'SELECT count(*) FROM item WHERE id > $1', calls: 1, rows: 1 },
      ]);
    });

    test('the last statement of all is counted', async ({ database }) => {
      expect(await queriesOf(database, () => database.pool.query('SELECT id FROM shop WHERE id = $1', [1]))).toEqual([
        { sql: 'SELECT id FROM shop WHERE id = $1', calls: 1, rows: 1 },
      ]);
    });
  });
}

test('a budget that is kept gives what the work came to', async ({ database }) => {
  const rows = await expectAtMostQueries(
    database,
    1,
    async () => (await database.pool.query('SELECT 7 AS seven')).rows,
  );
  expect(rows).toEqual([{ seven: 7 }]);
});

test('steering a transaction is free, and seen', async ({ database }) => {
  const work = async () => {
    const client = await database.pool.connect();
    await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
    await client.query('SAVEPOINT here');
    await client.query("SET LOCAL lock_timeout = '1s'");
    await client.query('SELECT name FROM shop');
    await client.query('ROLLBACK TO SAVEPOINT here');
    await client.query('COMMIT');
    client.release();
  };
  await expectAtMostQueries(database, 1, work);
  const sent = (await queriesOf(database, work)).map(({ sql }) => sql.split(' ')[0]);
  expect(sent.sort()).toEqual(['BEGIN', 'COMMIT', 'ROLLBACK', 'SAVEPOINT', 'SELECT', 'SET']);
});

test('a budget that is not kept lists what was sent', async ({ database }) => {
  const work = async () => {
    for (const id of [1, 2]) {
      await database.pool.query('SELECT name\n  FROM shop WHERE id = $1', [id]);
    }
    await database.pool.query('SELECT rename(1)');
  };
  await expect(expectAtMostQueries(database, 2, work)).rejects.toThrow(
    'Expected at most 2 queries, and 3 were sent:\n' +
      '  2 × SELECT name FROM shop WHERE id = $1\n' +
      '  1 × SELECT rename($1)',
  );
});

test('a budget of which nothing is used proves nothing', async ({ database }) => {
  await expect(expectAtMostQueries(database, 2, () => 'from a cache')).rejects.toThrow(
    'Nothing is proved about the number of queries: work sent none to this database, and may send 2.',
  );
  expect(await expectAtMostQueries(database, 0, () => 'from a cache')).toBe('from a cache');
});

test('the error points to the test', async ({ database }) => {
  const error = await expectAtMostQueries(database, 0, () => database.pool.query('SELECT 1')).catch((e: Error) => e);
  expect((error as Error).stack?.split('\n').find((line) => /^\s+at (?!.*node:)/.test(line))).toContain(
    'budget.test.ts',
  );
});

test('what the work throws is thrown', async ({ database }) => {
  const work = () => Promise.reject(new Error('the work itself'));
  await expect(expectAtMostQueries(database, 1, work)).rejects.toThrow('the work itself');
});

test('a transaction that is left open is told: its last statement cannot be counted', async ({ database }) => {
  const client = await database.pool.connect();
  const work = async () => {
    await client.query('BEGIN');
    await client.query('SELECT id FROM shop WHERE id = $1', [1]);
  };
  await expect(queriesOf(database, work)).rejects.toThrow(
    'is not in the statement log yet: SELECT id FROM shop WHERE id = $1\nBegin and end the transaction inside of the work',
  );
  await client.query('ROLLBACK');
  client.release();
});

test("the test's own look counts where the work uses it", async ({ database }) => {
  const statements = await queriesOf(database, async () => {
    await database.query('SELECT 1 AS own');
  });
  expect(statements).toEqual([{ sql: 'SELECT $1 AS own', calls: 1, rows: 1 }]);
});

test.concurrent('databases of other tests never count', async ({ database, expect }) => {
  for (let round = 0; round < 5; round++) {
    const work = () =>
      Promise.all([1, 2, 3].map((id) => database.pool.query('SELECT name FROM shop WHERE id = $1', [id])));
    expect((await queriesOf(database, work))[0]?.calls).toBe(3);
  }
});

test.concurrent('databases of other tests never count, seen from the other side', async ({ database, expect }) => {
  const client = new pg.Client(database.url);
  await client.connect();
  const statements = await queriesOf(database, async () => {
    for (let id = 0; id < 50; id++) {
      await client.query('SELECT name FROM shop WHERE id = $1', [id]);
    }
  });
  await client.end();
  expect(statements).toEqual([{ sql: 'SELECT name FROM shop WHERE id = $1', calls: 50, rows: 2 }]);
});

test('only a fixture has a statement log', async ({ database }) => {
  await expect(queriesOf({ ...database }, () => {})).rejects.toThrow(
    'takes the fixture of a PostgreSQL database itself',
  );
});
