import { createTest } from '../../../src/index.ts';
import { mariadb, redis } from '../../../src/needs.ts';
import { run } from '../../mariadb/every-kind-of-table.ts';

const test = createTest(import.meta.dirname, {
  database: mariadb({
    migrate: (url) =>
      run(url, 'CREATE TABLE note (id int PRIMARY KEY, body varchar(20), bytes varbinary(4), big bigint)'),
  }),
  cache: redis(),
});

test('leaves rows and keys', async ({ database, cache, expect }) => {
  await database.query("INSERT INTO note VALUES (1, 'Evidence', x'00ff', 9007199254740993)");
  await cache.command('SET', 'greeting', 'hello');
  expect('this').toBe('that');
});
