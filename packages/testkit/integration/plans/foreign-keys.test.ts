import { describe, expect } from 'vitest';
import { createTest, expectForeignKeysIndexed } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(`
      CREATE TABLE shop (id int PRIMARY KEY, region int, UNIQUE (region, id));
      CREATE TABLE item (
        id int PRIMARY KEY, shop_id int REFERENCES shop, region int, tenant int,
        CONSTRAINT item_shop FOREIGN KEY (region, shop_id) REFERENCES shop (region, id));
      CREATE INDEX item_by_shop ON item (shop_id, region, id);
    `),
  }),
});
test.override('isolation', 'clone');

test('keys whose columns an index begins with are indexed, in any order', async ({ database }) => {
  await expectForeignKeysIndexed(database);
});

test('a key without an index is named, with what goes slow and what is missing', async ({ database }) => {
  await database.query('DROP INDEX item_by_shop');
  await expect(expectForeignKeysIndexed(database)).rejects.toThrow(
    'Foreign keys without an index that begins with their columns:\n' +
      '- item_shop of item (region, shop_id), to shop: each delete of a row of shop, and each update of its key, reads ' +
      'all of item.\n  create index on item (region, shop_id)\n' +
      '- item_shop_id_fkey of item (shop_id), to shop: each delete of a row of shop, and each update of its key, reads ' +
      'all of item.\n  create index on item (shop_id)',
  );
});

describe('for one key', () => {
  test.for([
    ['that has its columns first', 'CREATE INDEX ON line ("Item", note)', true],
    ['that leaves out null alone', 'CREATE INDEX ON line ("Item") WHERE "Item" IS NOT NULL', true],
    ['by hash', 'CREATE INDEX ON line USING hash ("Item")', true],
    ['that has another column first', 'CREATE INDEX ON line (note, "Item")', false],
    ['that carries its column along', 'CREATE INDEX ON line (note) INCLUDE ("Item")', false],
    ['that is partial', 'CREATE INDEX ON line ("Item") WHERE note = \'new\'', false],
    ['of an expression', 'CREATE INDEX ON line (("Item" + 1))', false],
    ['by BRIN', 'CREATE INDEX ON line USING brin ("Item")', false],
  ] as const)('an index %s', async ([, index, serves], { database, expect }) => {
    await database.query('CREATE TABLE line ("Item" int REFERENCES item, note text)');
    await database.query(index);
    const expected = expect(expectForeignKeysIndexed(database));
    if (serves) {
      await expected.resolves.toBeUndefined();
    } else {
      await expected.rejects.toThrow('create index on line ("Item")');
    }
  });
});

test('a partitioned table is judged as one', async ({ database }) => {
  await database.query('CREATE TABLE line (item_id int REFERENCES item, day int) PARTITION BY LIST (day)');
  await database.query('CREATE TABLE line_1 PARTITION OF line FOR VALUES IN (1)');
  await expect(expectForeignKeysIndexed(database)).rejects.toThrow(
    /^[^\n]*\n[^\n]* of line \(item_id\)[^\n]*\n[^\n]*$/,
  );
  await database.query('CREATE INDEX ON line (item_id)');
  await expectForeignKeysIndexed(database);
});

test('a database without foreign keys proves nothing', async ({ database }) => {
  await database.query('DROP TABLE item');
  await expect(expectForeignKeysIndexed(database)).rejects.toThrow(
    'Nothing is proved about foreign keys: the database has none.',
  );
});

test('the error points to the test', async ({ database }) => {
  await database.query('DROP INDEX item_by_shop');
  const error = await expectForeignKeysIndexed(database).catch((e: Error) => e);
  expect((error as Error).stack).toMatch(/\n\s+at (async )?[^\n]*foreign-keys\.test\.ts/);
});
