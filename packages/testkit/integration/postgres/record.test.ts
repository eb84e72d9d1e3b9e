import pg from 'pg';
import { expect } from 'vitest';
import { createTest } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { acquire } from '../../src/servers.ts';
import { runSql } from './run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql('CREATE TABLE one (id int PRIMARY KEY); CREATE TABLE two (id int PRIMARY KEY)'),
    seed: runSql('INSERT INTO two VALUES (1), (2), (3)'),
  }),
});

test('transactions that write the same tables do not wait for each other', async ({ database }) => {
  const [first, second] = [await database.pool.connect(), await database.pool.connect()];
  try {
    await first.query("BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL lock_timeout = '1s'");
    await second.query("BEGIN ISOLATION LEVEL SERIALIZABLE; SET LOCAL lock_timeout = '1s'");
    await first.query('INSERT INTO one VALUES (1)');
    await second.query('INSERT INTO two VALUES (12)');
    await second.query('INSERT INTO one VALUES (2)');
    await first.query('INSERT INTO two VALUES (11)');
    await second.query('COMMIT');
    await first.query('COMMIT');
  } finally {
    first.release();
    second.release();
  }
});

test('READ ONLY transactions read', async ({ database }) => {
  const client = await database.pool.connect();
  await client.query('BEGIN READ ONLY');
  const { rows } = await client.query('SELECT count(*)::int AS count FROM two');
  await client.query('COMMIT');
  client.release();
  expect(rows).toEqual([{ count: 3 }]);
});

for (const number of [1, 2, 3]) {
  test.concurrent(`tests that run at the same time have a database each: ${number}`, async ({ database, expect }) => {
    await database.query(`INSERT INTO one SELECT ${number} FROM pg_sleep(0.05)`);
    expect(await database.query('SELECT id FROM one')).toEqual([{ id: number }]);
  });
}

let dirty: string;

test('a write that escapes the record', async ({ database, expect, onTestFinished }) => {
  dirty = database.url;
  const { url } = await acquire('postgres');
  const superuser = new URL(url);
  superuser.pathname = new URL(dirty).pathname;
  const client = new pg.Client(superuser.href);
  await client.connect();
  await client.query(
    'SET session_replication_role = replica; INSERT INTO one VALUES (9); DELETE FROM two WHERE id = 2',
  );
  await client.end();
  const warn = console.warn;
  const warnings: string[] = [];
  console.warn = (text: string) => warnings.push(text);
  // Hooks run last first: this one, which was added after the fixture's, sees nothing yet; the next test asks.
  onTestFinished(() => expect(warnings).toEqual([]));
  told = {
    warnings,
    restore: () => {
      console.warn = warn;
    },
  };
});

let told: { warnings: string[]; restore: () => void };

test('is told by what differs, and its database is replaced', async ({ database }) => {
  told.restore();
  expect(told.warnings).toHaveLength(1);
  expect(told.warnings[0]).toContain('was not as before: public.one, public.two.');
  expect(database.url).not.toBe(dirty);
  expect(await database.query('SELECT id FROM two ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});
