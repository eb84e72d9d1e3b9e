import { expect, test } from 'vitest';
import { migrationMutants } from './migrations.ts';
import { applied } from './mutant.ts';

function mutantsOf(text: string): readonly string[] {
  return migrationMutants({ path: 'migrations/0001-a.ts', text }).map((mutant) => applied(text, mutant));
}

test.each([
  ["t.addColumn('a', 'text', (c) => c.notNull());", "t.addColumn('a', 'text', (c) => c);"],
  ["t.addColumn('a', 'timestamptz');", "t.addColumn('a', 'timestamp');"],
  ["t.addColumn('a', 'numeric(12, 2)');", "t.addColumn('a', 'real');"],
  ["t.addUniqueConstraint('a_unique', ['a']).execute();", 't.execute();'],
  ["c.references('b.id').onDelete('cascade');", "c.references('b.id');"],
  ["await db.schema.createIndex('a_by_b').on('a').column('b').execute();", ''],
  ['await sql`create index a_by_b on a (b)`.execute(db);', ''],
  ['await sql`create table a (b int not null)`.execute(db);', 'await sql`create table a (b int )`.execute(db);'],
  ['sql`price >= 0`;', 'sql`price >= -1`;'],
])('of %s comes %s', (line, mutant) => {
  expect(mutantsOf(line)).toContain(mutant);
});
