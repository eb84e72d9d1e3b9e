import type pg from 'pg';
import { describe, expect } from 'vitest';
import { createTest, type PostgresDatabase } from '../../src/index.ts';
import { postgres } from '../../src/needs.ts';
import { dump, migrate, seed } from './every-kind-of-table.ts';

const test = createTest(import.meta.dirname, { database: postgres({ migrate, seed }) });

const statements = {
  insert: `INSERT INTO empty_one (note) VALUES ('a')`,
  'insert nothing': `INSERT INTO empty_one (note) SELECT 'a' WHERE false`,
  'update a seed row': `UPDATE parent SET name = 'Grace' WHERE name = 'Ada'`,
  'update every column': `UPDATE computed SET price = 5, document = '[]', position = '(3,4)'`,
  'delete seed rows, with a cascade': 'DELETE FROM parent',
  'change a key, with a cascade': 'UPDATE parent SET id = id + 100',
  'delete and insert': `DELETE FROM tree WHERE id = 3; INSERT INTO tree VALUES (4, 1, 'new')`,
  'circular references':
    'BEGIN; DELETE FROM egg; DELETE FROM chicken; INSERT INTO egg VALUES (7, 8); INSERT INTO chicken VALUES (8, 7); COMMIT',
  truncate: 'TRUNCATE computed',
  'truncate with restart and cascade': 'TRUNCATE parent RESTART IDENTITY CASCADE',
  upsert: `INSERT INTO parent (id, name) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET name = 'upserted'`,
  merge: `MERGE INTO tree AS t USING (VALUES (1), (9)) AS s (id) ON t.id = s.id
          WHEN MATCHED THEN UPDATE SET label = 'merged' WHEN NOT MATCHED THEN INSERT VALUES (s.id, NULL, 'merged')`,
  'a function': `SELECT buy('sold')`,
  'a data-modifying WITH': 'WITH gone AS (DELETE FROM dog RETURNING name) INSERT INTO scratch SELECT name FROM gone',
  'a view': `UPDATE short_names SET name = 'through the view' WHERE id = 1`,
  'partitions by their parent': `INSERT INTO measured VALUES ('2024-06-06', 3), ('2030-01-01', 4); UPDATE measured SET at = '2024-02-02'`,
  'a partition itself': 'DELETE FROM measured_2024',
  'children by their parent': `UPDATE animal SET name = 'renamed'`,
  'an unlogged table': `INSERT INTO scratch VALUES ('x')`,
  'explicit identity': 'INSERT INTO computed (id, price) OVERRIDING SYSTEM VALUE VALUES (77, 1)',
  'odd names': `DELETE FROM "Odd Schema"."odd ""table"""`,
  sequences: `SELECT nextval('ticket'); SELECT setval('parent_id_seq', 1, false); SELECT nextval('small_ids_id_seq')`,
  'a rolled back transaction': `BEGIN; DELETE FROM dog; SELECT nextval('ticket'); ROLLBACK`,
  'a rolled back savepoint': `BEGIN; SAVEPOINT s; DELETE FROM dog; ROLLBACK TO s; INSERT INTO scratch VALUES ('kept'); COMMIT`,
  'a serializable transaction': 'BEGIN ISOLATION LEVEL SERIALIZABLE; DELETE FROM tree; COMMIT',
  'a temporary table': `CREATE TEMP TABLE t (id serial PRIMARY KEY, x text); INSERT INTO t (x) VALUES ('a'); DROP TABLE t`,
  'settings of a transaction': `BEGIN; SET LOCAL TimeZone = 'Asia/Tokyo'; SET LOCAL search_path = nowhere; COMMIT`,
  'a table of many rows': `INSERT INTO scratch SELECT 'x' FROM generate_series(1, 5000)`,
};

/** What leaves all rows and sequences as they are. */
const unseen = ['insert nothing', 'a temporary table', 'settings of a transaction'];

let template: string[];
let name: string;

const look = (database: PostgresDatabase) => dump((sql) => database.query(sql));

test('the template has its rows', async ({ database }) => {
  template = await look(database);
  name = database.url;
  expect(template).toContain('public.parent (1,Ada)');
});

describe.for(Object.entries(statements))('%s', ([what, sql]) => {
  test('happens', async ({ database }) => {
    await database.pool.query(sql);
    const after = await look(database);
    if (unseen.includes(what)) {
      expect(after).toEqual(template);
    } else {
      expect(after).not.toEqual(template);
    }
  });

  test('is undone, in the same database', async ({ database }) => {
    expect(await look(database)).toEqual(template);
    expect(database.url).toBe(name);
  });
});

test('COPY happens', async ({ database }) => {
  const client = await database.pool.connect();
  await new Promise<void>((resolve, reject) => {
    client.query(copyIn('COPY public.dog FROM STDIN', 'Fido\tt\n', resolve, reject) as unknown as pg.Submittable);
  });
  client.release();
  expect(await database.query('SELECT name FROM dog')).toContainEqual({ name: 'Fido' });
});

test('COPY is undone, in the same database', async ({ database }) => {
  expect(await look(database)).toEqual(template);
  expect(database.url).toBe(name);
});

describe('sessions of the pool', () => {
  test('are used', async ({ database }) => {
    await database.pool.query("SELECT nextval('ticket')");
    await database.pool.query({ name: 'prepared', text: 'SELECT 1' });
  });

  test('draw tickets anew, and know their prepared statements', async ({ database }) => {
    const { rows } = await database.pool.query("SELECT nextval('ticket')::int AS ticket");
    expect(rows).toEqual([{ ticket: expect.any(Number) }]);
    await database.pool.query({ name: 'prepared', text: 'SELECT 1' });
  });

  test('draw the same tickets in each test, though the sequence gives each session ten in advance', async ({
    database,
  }) => {
    const [row] = await database.query<{ last: string }>('SELECT last_value AS last FROM ticket');
    const { rows } = await database.pool.query<{ ticket: string }>("SELECT nextval('ticket') AS ticket");
    expect(Number(rows[0]?.ticket)).toBe(Number(row?.last) + 5);
  });

  test('are replaced when the code under test has closed the pool', async ({ database }) => {
    await database.pool.end();
    await expect(database.pool.query('SELECT 1')).resolves.toBeDefined();
  });
});

test('ids of different tables differ, and start low', async ({ database }) => {
  const ids = await database.query<{ id: number }>(`
    WITH a AS (INSERT INTO empty_one DEFAULT VALUES RETURNING id), b AS (INSERT INTO small_ids DEFAULT VALUES RETURNING id),
      c AS (INSERT INTO audit DEFAULT VALUES RETURNING id), d AS (INSERT INTO parent (name) VALUES ('x') RETURNING id)
    SELECT id::int FROM a UNION ALL SELECT id FROM b UNION ALL SELECT id FROM c UNION ALL SELECT id FROM d`);
  const numbers = ids.map(({ id }) => id);
  expect(new Set(numbers.map((id) => Math.floor(id / 10))).size).toBe(4);
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(10);
  expect(Math.max(...numbers)).toBeLessThan(100);
});

test.for(['checked', 'ranged', 'short_text', 'few', 'bounded'])(
  'ids of %s start at 1, since they are limited',
  async (table, { database }) => {
    expect(await database.query(`INSERT INTO limited_${table} DEFAULT VALUES RETURNING id::int`)).toEqual([{ id: 1 }]);
  },
);

interface Protocol {
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}

/** COPY … FROM STDIN, which the driver leaves to others: https://node-postgres.com/features/queries#submittable */
function copyIn(text: string, data: string, done: () => void, failed: (error: Error) => void) {
  return {
    submit: (connection: Protocol) => connection.query(text),
    handleCopyInResponse(connection: Protocol) {
      connection.sendCopyFromChunk(Buffer.from(data));
      connection.endCopyFrom();
    },
    handleCommandComplete() {},
    handleReadyForQuery: done,
    handleError: failed,
  };
}
