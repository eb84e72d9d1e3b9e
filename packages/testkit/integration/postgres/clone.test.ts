import { expect } from 'vitest';
import { createTest } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from './run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(`
      CREATE TABLE note (body text);
      DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET search_path = extra, public', current_database()); END $$`),
    extensions: ['pg_trgm'],
  }),
});
test.override('isolation', 'clone');

const urls = new Set<string>();

for (const number of [1, 2, 3]) {
  test(`test ${number} has a database of its own`, async ({ database }) => {
    expect(urls).not.toContain(database.url);
    urls.add(database.url);
    expect(await database.query('SELECT body FROM note')).toEqual([]);
    await database.pool.query(`INSERT INTO note VALUES ('x')`);
    await database.pool.query('CREATE TABLE another (id int)');
  });
}

test('settings of the database come along, and extensions that the owner may not create', async ({ database }) => {
  expect(await database.query('SHOW search_path')).toEqual([{ search_path: 'extra, public' }]);
  expect(await database.query(`SELECT similarity('word', 'word') AS same`)).toEqual([{ same: 1 }]);
});

test('the code under test is not a superuser, and owns the database', async ({ database }) => {
  expect(
    await database.query(`
      SELECT rolsuper AS super, rolcreaterole AS roles, rolname = pg_get_userbyid(datdba) AS owner
      FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`),
  ).toEqual([{ super: false, roles: false, owner: true }]);
  await expect(database.query('SELECT * FROM splitlevel_testkit.stored')).rejects.toThrow(/permission denied/);
});

test.concurrent('tests at the same time, one', async ({ database }) => {
  await database.query(`INSERT INTO note SELECT 'one' FROM pg_sleep(0.05)`);
  expect(await database.query('SELECT body FROM note')).toEqual([{ body: 'one' }]);
});

test.concurrent('tests at the same time, two', async ({ database }) => {
  await database.query(`INSERT INTO note SELECT 'two' FROM pg_sleep(0.05)`);
  expect(await database.query('SELECT body FROM note')).toEqual([{ body: 'two' }]);
});
