import { describe, expect } from 'vitest';
import { expectIndexed, queriesOf } from '../../src/index.ts';
import { test } from './shop.ts';

for (const isolation of ['worker', 'rollback', 'clone'] as const) {
  describe(isolation, () => {
    test.override('isolation', isolation);

    test('a condition that no index serves is shown, with its scan and the index', async ({ database }) => {
      const work = () => database.pool.query('SELECT id FROM products\n WHERE lower(name) = $1', ['chair']);
      await expect(expectIndexed(database, work)).rejects.toThrow(
        /^No index can serve this statement:\n {2}SELECT id FROM products WHERE lower\(name\) = \$1\n {2}\w[\w ]+ on products, filter \(lower\(products\.name\) = \$1\)\n {2}hint: create index on products \(lower\(name\)\)\nAn index would have been taken, however small the table: the plan is one without sequential scans\.$/,
      );
    });

    test('one that an index serves passes, with what the work came to', async ({ database }) => {
      const { rows } = await expectIndexed(database, () =>
        database.pool.query('SELECT id, name FROM products WHERE name = $1', ['chair']),
      );
      expect(rows).toEqual([]);
    });
  });
}

test.for([
  ['a pattern', 'SELECT * FROM products WHERE name LIKE $1', ['a%'], 'using gin (name gin_trgm_ops)'],
  ['a document', 'SELECT * FROM products WHERE attributes @> $1', [{ a: 1 }], 'using gin (attributes)'],
  [
    'a join by a foreign key',
    'SELECT * FROM products p JOIN changes c ON c.product_id = p.id WHERE p.name = $1',
    ['a'],
    'create index on changes (product_id)',
  ],
  [
    'the first rows of an order',
    'SELECT * FROM changes ORDER BY note DESC LIMIT 3',
    [],
    'create index on changes (note desc)',
  ],
  [
    'a correlated sub-select',
    'SELECT name, (SELECT count(*) FROM changes c WHERE c.product_id = p.id) FROM products p',
    [],
    'create index on changes (product_id)',
  ],
  [
    'a lateral join',
    `SELECT p.name, l.at FROM products p
     LEFT JOIN LATERAL (SELECT at FROM changes c WHERE c.product_id = p.id ORDER BY at DESC LIMIT 1) l ON true
     WHERE p.name = $1`,
    ['a'],
    'create index on changes (product_id)',
  ],
  ['an update', 'UPDATE changes SET note = $1 WHERE product_id = $2', ['a', 1], 'create index on changes (product_id)'],
  ['a delete', 'DELETE FROM changes WHERE note = $1', ['a'], 'create index on changes (note)'],
  [
    'a merge',
    'MERGE INTO changes c USING products p ON c.product_id = p.id AND p.name = $1 WHEN MATCHED THEN DELETE',
    ['a'],
    'create index on changes (product_id)',
  ],
  [
    'a part of a WITH',
    'WITH c AS (SELECT * FROM changes WHERE note = $1) SELECT * FROM c',
    ['a'],
    'create index on changes (note)',
  ],
  [
    'a list of keys',
    'SELECT c.* FROM unnest($1::int[]) AS k JOIN changes c ON c.product_id = k',
    [[1]],
    'create index on changes (product_id)',
  ],
] as const)('%s without an index is found', async ([, sql, values, hint], { database, expect }) => {
  await expect(expectIndexed(database, () => database.pool.query(sql, [...values]))).rejects.toThrow(hint);
});

test.for([
  'SELECT * FROM products',
  'SELECT name FROM products ORDER BY price',
  'SELECT count(*) FROM products',
  'SELECT * FROM products p JOIN changes c ON c.product_id = p.id',
  'SELECT * FROM products p LEFT JOIN changes c ON c.product_id = p.id AND c.at > now()',
  "SELECT * FROM changes WHERE at > now() - interval '1 day'",
  "SELECT date_trunc('day', at), count(*) FROM changes GROUP BY date_trunc('day', at) ORDER BY date_trunc('day', at)",
  'SELECT extract(epoch FROM at) FROM changes',
  "SELECT jsonb_build_object('id', id, 'at', at) FROM changes",
  'INSERT INTO changes (product_id) SELECT 1 FROM generate_series(1, 0)',
  "INSERT INTO products (name, price) VALUES ('a', 1), ('b', 2) ON CONFLICT (name) DO UPDATE SET price = 3",
  'SELECT price FROM products WHERE state IS NOT NULL AND price > 3 ORDER BY price LIMIT 2',
  'SELECT relname FROM pg_class WHERE relpages > 1',
])('%s is not an index problem', async (sql, { database }) => {
  await expectIndexed(database, () => database.pool.query(sql));
});

test('all statements are judged, and those that steer are not', async ({ database }) => {
  const work = async () => {
    const client = await database.pool.connect();
    await client.query('BEGIN');
    await client.query('SELECT id FROM products WHERE id = 1');
    await client.query("SELECT id FROM changes WHERE note = 'a'");
    await client.query("DELETE FROM changes WHERE note = 'a'");
    await client.query('ROLLBACK');
    client.release();
  };
  const error = await expectIndexed(database, work).catch((e: Error) => e);
  expect((error as Error).message.match(/^No index.*\n.*$/gm)).toEqual([
    'No index can serve this statement:\n  DELETE FROM changes WHERE note = $1',
    'No index can serve this statement:\n  SELECT id FROM changes WHERE note = $1',
  ]);
  expect((error as Error).stack).toMatch(/\n\s+at (async )?[^\n]*indexed\.test\.ts/);
});

test('a statement without a plan is told, and never passes in silence', async ({ database }) => {
  const work = () => database.pool.query('SELECT name FROM products ORDER BY name COLLATE "C", interval(3) \'1 s\'');
  await expect(expectIndexed(database, work)).rejects.toThrow(
    /^This statement has no plan without its values, so nothing is proved about it:\n {2}SELECT name .*\n {2}the server says: syntax error at or near "\$1"\n {2}hint: /,
  );
  await expectIndexed(database, work, { except: /interval\(3\)/ });
});

test('what is exempt needs no index, and has to be there', async ({ database }) => {
  const work = () => database.pool.query('SELECT id FROM changes WHERE note <> $1', ['a']);
  await expect(expectIndexed(database, work)).rejects.toThrow(
    'hint: none is known for such a condition: compare the column',
  );
  await expectIndexed(database, work, { except: /note <> \$1/ });
  await expect(
    expectIndexed(database, () => database.pool.query('SELECT id FROM changes'), { except: /note/ }),
  ).rejects.toThrow('No statement matches except: /note/. Remove it.');
});

test('work that sends nothing proves nothing', async ({ database }) => {
  await expect(expectIndexed(database, () => {})).rejects.toThrow('work sent no statement that reads or changes rows');
});

test('what the testkit explains does not count as sent', async ({ database }) => {
  const statements = await queriesOf(database, () =>
    expectIndexed(database, () => database.pool.query('SELECT name FROM products')),
  );
  expect(statements).toEqual([{ sql: 'SELECT name FROM products', calls: 1, rows: 0 }]);
});
