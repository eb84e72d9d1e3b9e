import { expect } from 'vitest';
import { createTest } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from './run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql('CREATE TABLE a (id int generated always as identity primary key)'),
  }),
});

let first: string;
test('one', async ({ database }) => {
  first = database.url;
  await database.query('insert into a default values');
  await database.pool.query('insert into a default values');
  expect(await database.query('select id from a')).toEqual([{ id: 1001 }, { id: 1002 }]);
});
test('two', async ({ database }) => {
  expect(database.url).toBe(first);
  expect(await database.query('select id from a')).toEqual([]);
  await database.query('insert into a default values');
  expect(await database.query('select id from a')).toEqual([{ id: 1001 }]);
});
