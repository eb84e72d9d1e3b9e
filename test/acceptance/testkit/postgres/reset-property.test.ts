import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dump, migrate, seed } from '../../../../packages/testkit/integration/postgres/every-kind-of-table.ts';
import { newEvidence } from '../../../../packages/testkit/src/evidence/fixture-evidence.ts';
import { postgresKind } from '../../../../packages/testkit/src/kinds/postgres/postgres-kind.ts';
import { postgres } from '../../../../packages/testkit/src/needs.ts';

const need = postgres({ migrate, seed });
let databases: Awaited<ReturnType<typeof postgresKind.prepare>>;

beforeAll(async () => {
  databases = await postgresKind.prepare(need, { directory: import.meta.dirname, key: 'database' });
}, 60_000);
afterAll(() => databases.close?.());

const tables = [
  'empty_one',
  'parent',
  'child',
  'tree',
  'computed',
  'measured',
  'measured_2024',
  'animal',
  'dog',
  'scratch',
  'audit',
];
const id = fc.integer({ min: -5, max: 5 });
const text = fc
  .string({ unit: 'grapheme', maxLength: 5 })
  .map((value) => `'${value.replaceAll('\0', '').replaceAll("'", "''")}'`);

/** Statements that may fail, as those of real code do: what matters is what they leave behind. */
const statement = fc.oneof(
  fc.constantFrom(...tables).map((table) => `DELETE FROM ${table}`),
  fc.constantFrom(...tables).map((table) => `TRUNCATE ${table} RESTART IDENTITY CASCADE`),
  text.map((note) => `INSERT INTO empty_one (note) VALUES (${note})`),
  text.map((name) => `INSERT INTO parent (name) VALUES (${name})`),
  fc.tuple(id, text).map(([key, name]) => `INSERT INTO parent (id, name) VALUES (${key}, ${name})`),
  fc.tuple(id, id).map(([from, to]) => `UPDATE parent SET id = ${to} WHERE id = ${from}`),
  fc.tuple(id, id).map(([parent, key]) => `INSERT INTO child (id, parent_id) VALUES (${key}, ${parent})`),
  fc.tuple(id, id, text).map(([key, above, label]) => `INSERT INTO tree VALUES (${key}, ${above}, ${label})`),
  fc.tuple(id, id).map(([key, above]) => `UPDATE tree SET above = ${above} WHERE id = ${key}`),
  fc.tuple(id, id).map(([chicken, egg]) => `UPDATE egg SET chicken_id = ${chicken} WHERE id = ${egg}`),
  id.map((price) => `INSERT INTO computed (price) VALUES (${price})`),
  id.map((price) => `UPDATE computed SET price = ${price}`),
  fc.tuple(id, id).map(([year, value]) => `INSERT INTO measured VALUES ('${2023 + year}-06-01', ${value})`),
  id.map((year) => `UPDATE measured SET at = '${2023 + year}-07-01'`),
  text.map((name) => `UPDATE animal SET name = ${name}`),
  text.map((line) => `INSERT INTO scratch VALUES (${line})`),
  fc.constantFrom(
    "SELECT nextval('ticket')",
    "SELECT setval('parent_id_seq', 3)",
    "SELECT setval('ticket', 500, false)",
  ),
  text.map((what) => `SELECT buy(${what})`),
);

/** Some statements on their own, some in a transaction, which may be rolled back. */
const piece = fc.oneof(
  { weight: 3, arbitrary: statement.map((sql) => [sql]) },
  {
    weight: 1,
    arbitrary: fc.array(statement, { minLength: 1, maxLength: 4 }).map((all) => ['BEGIN', ...all, 'COMMIT']),
  },
  {
    weight: 1,
    arbitrary: fc.array(statement, { minLength: 1, maxLength: 4 }).map((all) => ['BEGIN', ...all, 'ROLLBACK']),
  },
);

test('whatever is written, the next test finds the template, in the same database', async () => {
  const first = await databases.open({ isolation: 'worker', name: 'first', file: '' });
  const template = await dump((sql) => first.value.query(sql));
  const { url } = first.value;
  await first.finish?.({ failed: false, errors: [], evidence: newEvidence('postgres') });

  await fc.assert(
    fc.asyncProperty(fc.array(piece, { minLength: 1, maxLength: 6 }), async (pieces) => {
      const writing = await databases.open({ isolation: 'worker', name: 'writes', file: '' });
      const client = await writing.value.pool.connect();
      for (const sql of pieces.flat()) {
        await client.query(sql).catch(() => {});
      }
      client.release();
      await writing.finish?.({ failed: false, errors: [], evidence: newEvidence('postgres') });

      const looking = await databases.open({ isolation: 'worker', name: 'looks', file: '' });
      expect(await dump((sql) => looking.value.query(sql))).toEqual(template);
      expect(looking.value.url).toBe(url);
      await looking.finish?.({ failed: false, errors: [], evidence: newEvidence('postgres') });
    }),
    { numRuns: 150 },
  );
}, 60_000);
