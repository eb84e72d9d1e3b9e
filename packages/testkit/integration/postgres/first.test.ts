import pg from 'pg';
import { expect } from 'vitest';
import { createTest } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: async (url) => {
      const client = new pg.Client(url);
      await client.connect();
      await client.query('CREATE TABLE a (id int generated always as identity primary key)');
      await client.end();
    },
  }),
});

test('one', async ({ database }) => {
  await database.query('insert into a default values');
  expect(await database.query('select id from a')).toEqual([{ id: 1 }]);
});
test('two', async ({ database }) => {
  expect(await database.query('select id from a')).toEqual([]);
});
