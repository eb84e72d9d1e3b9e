import { Kysely, PostgresDialect, sql } from 'kysely';
import { describe, expect } from 'vitest';
import { createTest } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from './run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql('CREATE TABLE note (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, body text UNIQUE)'),
    seed: runSql(`INSERT INTO note (body) VALUES ('seed')`),
  }),
});
test.override('isolation', 'rollback');

let id: unknown;

test('writes are seen by the pool, by its clients and by the test', async ({ database }) => {
  const { rows } = await database.pool.query(`INSERT INTO note (body) VALUES ('one') RETURNING id`);
  id = rows[0].id;
  const client = await database.pool.connect();
  expect((await client.query('SELECT body FROM note')).rowCount).toBe(2);
  expect(await database.query('SELECT count(*)::int AS count FROM note')).toEqual([{ count: 2 }]);
  client.release();
});

test('nothing of the last test is left, and sequences start where they did', async ({ database }) => {
  expect(await database.query('SELECT body FROM note')).toEqual([{ body: 'seed' }]);
  const { rows } = await database.pool.query(`INSERT INTO note (body) VALUES ('two') RETURNING id`);
  expect(rows[0].id).toBe(id);
});

test('savepoints work, through Kysely too', async ({ database }) => {
  const db = new Kysely<{ note: { body: string } }>({ dialect: new PostgresDialect({ pool: database.pool }) });
  await database.pool.query('SAVEPOINT before');
  await expect(database.pool.query(`INSERT INTO note (body) VALUES ('seed')`)).rejects.toThrow(/unique/);
  await database.pool.query('ROLLBACK TO SAVEPOINT before');
  await db.insertInto('note').values({ body: 'three' }).execute();
  expect(await db.selectFrom('note').select('body').orderBy('body').execute()).toEqual([
    { body: 'seed' },
    { body: 'three' },
  ]);
  await db.destroy();
  expect(await database.query('SELECT count(*)::int AS count FROM note')).toEqual([{ count: 2 }]);
});

test('the pool can be closed by the code under test, and the next test has one', async ({ database }) => {
  await database.pool.end();
  await expect(database.pool.query('SELECT 1')).rejects.toThrow(/after calling end/);
});

test('callbacks and cursors of the driver work', async ({ database }) => {
  const count = await new Promise((resolve, reject) => {
    database.pool.query('SELECT 1 AS one', (error, result) => (error ? reject(error) : resolve(result.rowCount)));
  });
  expect(count).toBe(1);
});

test('deferred constraints can be checked early', async ({ database }) => {
  await database.pool.query('SET CONSTRAINTS ALL IMMEDIATE');
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

describe('a part of a file', () => {
  test.override('isolation', 'clone');

  test('can choose another isolation', async ({ database }) => {
    await database.query('BEGIN');
    await database.query('COMMIT');
    expect(database.url).toContain('postgres://');
    const db = new Kysely<object>({ dialect: new PostgresDialect({ pool: database.pool }) });
    await db.transaction().execute((transaction) => sql`SELECT 1`.execute(transaction));
  });
});
