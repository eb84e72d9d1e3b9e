import { describe, expect, vi } from 'vitest';
import { createTest, type PostgresDatabase } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { dump, migrate, seed } from './every-kind-of-table.ts';

const test = createTest(import.meta.dirname, { database: postgres({ migrate, seed }) });
const look = (database: PostgresDatabase) => dump((sql) => database.query(sql));

/** What cannot be set back row by row. */
const statements = {
  'a new table': 'CREATE TABLE fresh (id int)',
  'a table made by a query': 'SELECT 1 AS one INTO fresh',
  'a changed column': "ALTER TABLE tree ALTER label SET DEFAULT 'x'",
  'a dropped table': 'DROP TABLE scratch',
  'a disabled trigger': 'ALTER TABLE tree DISABLE TRIGGER USER',
  'an index': 'CREATE INDEX ON tree (label)',
  'a comment': `COMMENT ON TABLE tree IS 'a tree'`,
  'a grant': 'GRANT SELECT ON tree TO PUBLIC',
  'a refreshed materialized view': 'TRUNCATE parent CASCADE; REFRESH MATERIALIZED VIEW summary',
  'an extension': 'CREATE EXTENSION citext',
  'a large object': 'SELECT lo_create(4711)',
  'a restarted sequence': 'ALTER SEQUENCE ticket RESTART WITH 5',
  'a seeded table of many rows': 'UPDATE large SET filler = NULL WHERE id = 7',
  'a table whose triggers fire even in replication': 'INSERT INTO watched VALUES (1)',
  'a table with rows that break its constraint': 'DELETE FROM legacy',
  'a table of very many rows': `INSERT INTO scratch SELECT repeat('x', 100) FROM generate_series(1, 20000)`,
};

let template: string[];
let dirty: string;

test('the template has its rows', async ({ database }) => {
  template = await look(database);
});

describe.for(Object.entries(statements))('%s', ([, sql]) => {
  test('happens', async ({ database }) => {
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    await database.pool.query(sql);
    dirty = database.url;
  });

  test('is gone, with its database', async ({ database }) => {
    expect(database.url).not.toBe(dirty);
    expect(await look(database)).toEqual(template);
    expect(await database.query('SHOW work_mem')).toEqual([{ work_mem: '4MB' }]);
  });
});
