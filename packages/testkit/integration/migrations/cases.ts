import { AssertionError } from 'node:assert';
import { expect } from 'vitest';
import { expectMigration, type Migration, type SqlDatabase } from '../../src/index.ts';

type Run = (url: string, sql: string) => Promise<void>;

/** The steps of a migration that is written as SQL, after one that makes the first tables. */
export function migrationOf(run: Run, first: string, up: string, down: string): Migration {
  let isUp = false;
  return {
    async to(url) {
      await run(url, up);
      isUp = true;
    },
    async before(url) {
      await run(url, isUp ? down : first);
      isUp = false;
    },
  };
}

/** The message that a migration fails with. */
export async function failureOf(database: SqlDatabase, migration: Migration): Promise<string> {
  const failure = await expectMigration(database, migration).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(AssertionError);
  return (failure as AssertionError).message;
}

/** What both kinds of database are asked, on a table `item (id, name, price)` and a `part` of it. */
export const harmless: readonly (readonly [what: string, up: string, down: string])[] = [
  ['adds a table', 'CREATE TABLE tag (id int PRIMARY KEY)', 'DROP TABLE tag'],
  [
    'adds a column with a default',
    "ALTER TABLE item ADD note varchar(9) NOT NULL DEFAULT ''",
    'ALTER TABLE item DROP note',
  ],
  ['adds a column that may be null', 'ALTER TABLE item ADD note varchar(9)', 'ALTER TABLE item DROP note'],
  ['adds an index', 'CREATE INDEX item_price ON item (price)', 'DROP INDEX item_price ON item'],
  [
    'fills the column that it adds',
    'ALTER TABLE item ADD half int; UPDATE item SET half = id',
    'ALTER TABLE item DROP half',
  ],
];

export const harmful: readonly (readonly [what: string, up: string, down: string, message: RegExp])[] = [
  [
    'changes every row',
    'UPDATE item SET price = 0',
    'SELECT 1',
    /changes what was there:\n- price of 20 of the 20 rows of item: \d+\.\d\d became 0\.00\nIf that is what it is for, say so: changes: \{ table: 'why' \}/,
  ],
  [
    'deletes rows',
    'DELETE FROM part WHERE id > 15',
    'SELECT 1',
    /\n- 5 of the 20 rows of part are gone, or have another key/,
  ],
  [
    'makes values coarser',
    'ALTER TABLE item ADD cut int; UPDATE item SET price = round(price)',
    'ALTER TABLE item DROP cut',
    /\n- price of \d+ of the 20 rows of item: /,
  ],
  [
    'drops a column',
    'ALTER TABLE item DROP COLUMN price',
    'ALTER TABLE item ADD price decimal(12,2)',
    /\n- the column price of item is gone, with its values/,
  ],
  ['drops a table', 'DROP TABLE part', 'CREATE TABLE part (id int)', /\n- the table part is gone, with its 20 rows/],
  [
    'has a way down that forgets a part',
    'ALTER TABLE item ADD note varchar(9); ALTER TABLE item ADD other varchar(9)',
    'ALTER TABLE item DROP note',
    /way down does not lead back to the schema of before:\n\+ .*other.* varchar\(9\)|way down does not lead back to the schema of before:\n\+ .*other.*character varying\(9\)/,
  ],
  [
    'has a way down that drops too much',
    'CREATE TABLE tag (id int PRIMARY KEY)',
    'DROP TABLE tag; DROP TABLE part',
    /way down does not lead back to the schema of before:\n- .*part/,
  ],
  [
    'has a way down that empties a table',
    'CREATE TABLE tag (id int PRIMARY KEY)',
    'DROP TABLE tag; DELETE FROM part',
    /way down changes what was there before the migration:\n- 20 of the 20 rows of part/,
  ],
  [
    'has no way down',
    'CREATE TABLE tag (id int PRIMARY KEY)',
    'DROP TABLE tags',
    /The way down fails where tables have rows: .*tags/,
  ],
  [
    'asks for more than the version before writes',
    'ALTER TABLE part ADD weight int; UPDATE part SET weight = 1; {WEIGHT NOT NULL}',
    'ALTER TABLE part DROP weight',
    /the one before the migration still writes\. It cannot write to part any more: .*weight/s,
  ],
  [
    'cannot be run on rows',
    'ALTER TABLE part ADD CONSTRAINT one_item UNIQUE (item_id, label); ALTER TABLE item ADD CONSTRAINT dear CHECK (price > 1000)',
    'SELECT 1',
    /The migration fails where tables have rows: .*dear/,
  ],
];
