import { describe, expect } from 'vitest';
import { createTest, expectMigration } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { runSql } from '../postgres/run-sql.ts';
import { failureOf, harmful, harmless, migrationOf } from './cases.ts';

const first = `
  CREATE TYPE mood AS ENUM ('happy', 'sad');
  CREATE TABLE item (id int PRIMARY KEY, name text NOT NULL UNIQUE, price decimal(12,2) NOT NULL CHECK (price >= 0), mood mood NOT NULL);
  CREATE TABLE part (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, item_id int NOT NULL REFERENCES item, label varchar(20) NOT NULL);
  CREATE TABLE kysely_migration (name text PRIMARY KEY);
  CREATE SCHEMA other CREATE TABLE far (id int PRIMARY KEY);
  CREATE SEQUENCE alone;
  CREATE VIEW names AS SELECT name FROM item;
  CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'`;

const test = createTest(import.meta.dirname, {
  database: postgres({
    migrate: runSql(first),
  }),
});

const run = (url: string, sql: string) => runSql(sql)(url);
const asPostgres = (sql: string) =>
  sql
    .replace(/DROP INDEX (\w+) ON \w+/, 'DROP INDEX $1')
    .replace('{WEIGHT NOT NULL}', 'ALTER TABLE part ALTER weight SET NOT NULL');

describe('PostgreSQL', () => {
  test.override('isolation', 'clone');

  test.for(harmless)('a migration that %s does no harm', async ([, up, down], { database }) => {
    await expect(
      expectMigration(database, migrationOf(run, first, asPostgres(up), asPostgres(down))),
    ).resolves.toBeUndefined();
    // The rows are those that the assertion made, and those of the version before on the new schema.
    expect(await database.query('SELECT count(*)::int AS count FROM part')).toEqual([{ count: 21 }]);
  });

  test.for(harmful)('a migration that %s is told', async ([, up, down, message], { database }) => {
    expect(await failureOf(database, migrationOf(run, first, asPostgres(up), asPostgres(down)))).toMatch(message);
  });

  test.for([
    [
      'an index',
      'CREATE INDEX item_price ON item (price)',
      '+ CREATE INDEX item_price ON public.item USING btree (price)',
    ],
    ['a type', "ALTER TYPE mood ADD VALUE 'calm'", '- type mood: happy, sad\n+ type mood: happy, sad, calm'],
    ['a view', 'CREATE VIEW prices AS SELECT price FROM item', '+ view prices: '],
    ['a function', "CREATE FUNCTION two() RETURNS int LANGUAGE sql AS 'SELECT 2'", '+ function two(): SELECT 2'],
    ['a sequence', 'CREATE SEQUENCE numbers', '+ sequence numbers'],
    [
      'a default',
      "ALTER TABLE part ALTER label SET DEFAULT 'none'",
      "+ column part.label character varying(20) not null default 'none'",
    ],
  ] as const)('%s that stays after the way down is told', async ([, up, line], { database }) => {
    expect(await failureOf(database, migrationOf(run, first, up, 'SELECT 1'))).toContain(line);
  });

  test('what a migration is for is allowed, with a reason', async ({ database }) => {
    const rounds = migrationOf(run, first, 'UPDATE item SET price = round(price)', 'SELECT 1');
    await expect(
      expectMigration(database, { ...rounds, changes: { item: 'prices are whole from now on' } }),
    ).resolves.toBeUndefined();
    await expect(expectMigration(database, { ...rounds, changes: { item: ' ' } })).rejects.toThrow(
      "changes: { item: '' } gives no reason; say why the migration changes its rows.",
    );
  });

  test('a migration without a way down says why', async ({ database }) => {
    const drops = (irreversible?: string) => ({
      ...migrationOf(run, first, 'DROP TABLE part', "DO $$ BEGIN RAISE 'gone'; END $$"),
      changes: { part: 'nothing reads it any more' },
      irreversible,
    });
    expect(await failureOf(database, drops())).toBe('The way down fails where tables have rows: gone');
    await expect(expectMigration(database, drops('what was in it is gone'))).resolves.toBeUndefined();
    await expect(expectMigration(database, drops(' '))).rejects.toThrow('gives no reason');
  });

  test('a migration that leaves its first half when it is broken off is told', async ({ database }) => {
    const halves = migrationOf(
      run,
      first,
      'CREATE TABLE tag (id int PRIMARY KEY)',
      'DROP TABLE tag; DELETE FROM kysely_migration',
    );
    const noted = async (url: string) => {
      await halves.to(url);
      await run(url, "INSERT INTO kysely_migration VALUES ('two')");
    };
    expect(await failureOf(database, { ...halves, to: noted })).toBe(
      'What the migration did until it was broken off is in its own way: it needs a transaction: relation "tag" already exists',
    );
  });

  test('a database that is not a fixture is left alone', async ({ database }) => {
    const { url, pool } = database;
    const copy = { url, pool, query: database.query };
    const adds = migrationOf(run, first, 'CREATE TABLE tag (id int PRIMARY KEY)', 'DROP TABLE tag');
    await expect(expectMigration(copy, adds)).rejects.toThrow('was given a copy of it');
    expect(await database.query('SELECT name FROM item')).toEqual([]);
  });

  test('values go to columns whose constraints are not understood', async ({ database }) => {
    const strict = `${first}; ALTER TABLE part ADD CONSTRAINT part_label CHECK (label LIKE '%@%')`;
    const adds = migrationOf(run, strict, 'CREATE TABLE tag (id int PRIMARY KEY)', 'DROP TABLE tag');
    await expect(expectMigration(database, adds)).rejects.toThrow("Give values: { label: 'an SQL expression of i' }");
    const values = { part: { label: "'a@' || i" } };
    await expect(expectMigration(database, { ...adds, values })).resolves.toBeUndefined();
  });
});
