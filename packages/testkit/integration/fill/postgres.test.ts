import { describe, expect } from 'vitest';
import { createTest, fill, type PostgresDatabase } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(`
      CREATE TYPE mood AS ENUM ('happy', 'Sad');
      CREATE DOMAIN percent AS numeric(5,2) CHECK (VALUE BETWEEN 0 AND 100);
      CREATE TABLE shop (id int PRIMARY KEY, "Na'me" varchar(9) NOT NULL UNIQUE, region int);
      CREATE TABLE tag (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), label text NOT NULL);
      CREATE TABLE item (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, shop_id int NOT NULL REFERENCES shop, parent bigint REFERENCES item,
        small int2 NOT NULL UNIQUE, middle int NOT NULL, price numeric(12,2) NOT NULL CHECK (price > 0),
        little numeric(3,2) NOT NULL, tiny numeric(2,2) NOT NULL, rounded numeric(5,-2) NOT NULL, amount numeric NOT NULL,
        share percent NOT NULL, single float4 NOT NULL, double float8 NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'done')), rating int NOT NULL CHECK (rating BETWEEN 1 AND 5),
        fixed char(4) NOT NULL, mood mood NOT NULL, moods mood[] NOT NULL, tags text[] NOT NULL, yes boolean NOT NULL,
        day date NOT NULL, at timestamptz NOT NULL, wall timestamp NOT NULL, clock time NOT NULL, span interval NOT NULL,
        key uuid NOT NULL UNIQUE, document jsonb NOT NULL, raw json NOT NULL, bytes bytea NOT NULL, address inet NOT NULL,
        made timestamptz NOT NULL DEFAULT now(), twice int GENERATED ALWAYS AS (middle * 2) STORED, place point);
      CREATE TABLE item_tag (item_id bigint NOT NULL REFERENCES item, tag_id uuid NOT NULL REFERENCES tag, PRIMARY KEY (item_id, tag_id));
      CREATE TABLE strict (id int PRIMARY KEY, email text NOT NULL CONSTRAINT strict_email CHECK (email LIKE '%@%'), low int, high int, CONSTRAINT strict_order CHECK (low > high));
      CREATE TABLE odd (place point NOT NULL);`),
  }),
});

/** Counts of a table, in a list. */
async function counts(database: PostgresDatabase, what: string, table: string): Promise<unknown> {
  return (await database.query<{ list: number[] }>(`SELECT json_build_array(${what}) AS list FROM ${table}`))[0]?.list;
}

for (const isolation of ['worker', 'rollback', 'clone'] as const) {
  describe(isolation, () => {
    test.override('isolation', isolation);

    test('every kind of column gets values, and keys lead to rows that are there', async ({ database }) => {
      await fill(database, 'shop', 7);
      await fill(database, 'item', 500);
      await fill(database, 'item', 500);
      expect(await counts(database, 'count(*), count(DISTINCT shop_id), count(DISTINCT small)', 'item')).toEqual([
        1000, 7, 1000,
      ]);
      expect(await database.query('SELECT DISTINCT status, mood FROM item ORDER BY 1, 2')).toHaveLength(2);
      expect(await counts(database, 'min(rating), max(rating), count(parent)', 'item')).toEqual([1, 5, 500]);
    });
  });
}

test('a table between two others gets each pair once', async ({ database }) => {
  await fill(database, 'shop', 1);
  await fill(database, 'item', 30);
  await fill(database, 'tag', 20);
  await fill(database, 'item_tag', 600);
  expect(await counts(database, 'count(DISTINCT item_id), count(DISTINCT tag_id)', 'item_tag')).toEqual([30, 20]);
});

test('the planner knows the volume', async ({ database }) => {
  await fill(database, 'shop', 10_000);
  expect(await database.query("SELECT reltuples FROM pg_class WHERE relname = 'shop'")).toEqual([
    { reltuples: 10_000 },
  ]);
});

test('values of the test stand over those of the catalog', async ({ database }) => {
  await fill(database, 'strict', 3, { values: { email: "'a' || i || '@example.org'", low: 'i', high: '0' } });
  expect(await database.query('SELECT email FROM strict ORDER BY id')).toEqual(
    [1, 2, 3].map((i) => ({ email: `a${i}@example.org` })),
  );
});

test('a constraint that is not understood names its columns', async ({ database }) => {
  await expect(fill(database, 'strict', 3)).rejects.toThrow(
    'strict could not be filled: new row for relation "strict" violates check constraint "strict_email". ' +
      "Give values: { email: 'an SQL expression of i' }, where i counts the rows.",
  );
  await expect(fill(database, 'strict', 3, { values: { email: "'@'" } })).rejects.toThrow(
    "Give values: { low: 'an SQL expression of i', high: 'an SQL expression of i' }",
  );
  await fill(database, 'shop', 2);
  await expect(fill(database, 'shop', 2, { values: { id: '7' } })).rejects.toThrow(
    /violates unique constraint "shop_pkey"\. Give values: \{ id: /,
  );
  await expect(fill(database, 'odd', 1)).rejects.toThrow(
    "No value is known for odd.place of type point. Give values: { place: 'an SQL expression of i' }",
  );
});

test('what cannot be filled is told', async ({ database }) => {
  await expect(fill(database, 'item', 1)).rejects.toThrow(
    "item (shop_id) refers to shop, which has no rows: fill(database, 'shop', …) first.",
  );
  await expect(fill(database, 'shopp', 1)).rejects.toThrow("There is no table shopp in the test's database to fill.");
  await expect(fill(database, 'tag', 1, { values: { lable: '1' } })).rejects.toThrow(
    'The table tag has no column lable; it has id, label.',
  );
  await expect(fill(database, 'tag', 0)).rejects.toThrow('rows is 0; give an integer of at least 1.');
});
