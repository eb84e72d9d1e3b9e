import { expect, test } from 'vitest';
import { applied } from './mutant.ts';
import { queryMutants } from './queries.ts';

const HEAD = "import { sql } from 'kysely';\n";

/** What the mutants of a line make of it. */
function mutantsOf(line: string): readonly string[] {
  const text = HEAD + line;
  return queryMutants({ path: 'src/a.ts', text }).map((mutant) => applied(text, mutant).slice(HEAD.length));
}

test.each([
  ["db.selectFrom('a').where('id', '=', id).execute();", "db.selectFrom('a').execute();"],
  ["db.selectFrom('a').where('id', '=', id).execute();", "db.selectFrom('a').where('id', '!=', id).execute();"],
  ["db.selectFrom('a').where('at', '>', at).execute();", "db.selectFrom('a').where('at', '>=', at).execute();"],
  ["query.orderBy('id', 'desc');", "query.orderBy('id', 'asc');"],
  ["query.orderBy('id');", 'query;'],
  ['query.limit(10).execute();', 'query.execute();'],
  ['query.forUpdate().skipLocked().execute();', 'query.skipLocked().execute();'],
  ["query.leftJoin('b', 'b.id', 'a.b');", "query.innerJoin('b', 'b.id', 'a.b');"],
  ["db.transaction().setIsolationLevel('serializable').execute(work);", 'db.connection().execute(work);'],
  [
    "db.transaction().setIsolationLevel('serializable').execute(work);",
    "db.transaction().setIsolationLevel('read committed').execute(work);",
  ],
  ['db.transaction().execute(work);', 'db.connection().execute(work);'],
  ["sql`select at at time zone 'UTC'`;", "sql`select at at time zone 'Asia/Tokyo'`;"],
  ['sql`${since}::timestamptz`;', 'sql`${since}::timestamp`;'],
  ["pool.query('select a from b order by a desc limit 10');", "pool.query('select a from b order by a asc limit 10');"],
  ["pool.query('select a from b order by a desc limit 10');", "pool.query('select a from b order by a desc');"],
  ["pool.query('select a from b where c for update skip locked');", "pool.query('select a from b where c');"],
])('of %s comes %s', (line, mutant) => {
  expect(mutantsOf(line)).toContain(mutant);
});

test.each([
  ["log.info('select what is right, and limit 10');"],
  ["list.where = 'id desc';"],
  ["text.replace('a', 'b');"],
])('of %s comes none', (line) => {
  expect(mutantsOf(line)).toEqual([]);
});

test('code that has nothing to do with a database has no queries', () => {
  expect(queryMutants({ path: 'src/a.ts', text: 'list.where(isGood).limit(10);' })).toEqual([]);
});
