import { AssertionError } from 'node:assert';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';

interface ForeignKey {
  readonly name: string;
  readonly child: string;
  readonly parent: string;
  /** Quoted where SQL needs it. */
  readonly columns: string;
}

// The check asks for equal values, never for null: an index that leaves out nulls serves it as well. BRIN only narrows.
// Those of partitions are left out, since the partitioned table's own stands for them.
const WITHOUT_INDEX = `
  SELECT key.conname AS name, conrelid::regclass::text AS child, confrelid::regclass::text AS parent,
    (SELECT string_agg(quote_ident(attname), ', ' ORDER BY array_position(conkey, attnum)) FROM pg_attribute
     WHERE attrelid = conrelid AND attnum = ANY (conkey)) AS columns
  FROM pg_constraint AS key
  WHERE contype = 'f' AND conparentid = 0 AND NOT EXISTS (
    SELECT FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid JOIN pg_am ON pg_am.oid = relam
    WHERE indrelid = conrelid AND indisvalid AND amname IN ('btree', 'hash', 'gist')
      AND (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey
      AND (indpred IS NULL OR pg_get_expr(indpred, indrelid) IN (
        SELECT format('(%I IS NOT NULL)', attname) FROM pg_attribute
        WHERE attrelid = conrelid AND attnum = ANY (conkey))))
  ORDER BY child, name`;

const COUNT = "SELECT count(*)::int AS keys FROM pg_constraint WHERE contype = 'f'";

/**
 * Expects that every foreign key has an index that begins with its columns, in any order. Read from the catalog alone.
 * @throws {AssertionError} that says which have none, what that makes slow, and which index is missing; also when there
 * is no foreign key at all, since then nothing is proved.
 */
export async function expectForeignKeysIndexed(database: PostgresDatabase): Promise<void> {
  const inspector = await accessOf(database).inspector();
  const keys = await inspector.query<ForeignKey>(WITHOUT_INDEX);
  if (keys.length === 0) {
    const [count] = await inspector.query<{ keys: number }>(COUNT);
    if (count?.keys !== 0) {
      return;
    }
    const message = 'Nothing is proved about foreign keys: the database has none. Remove this test until it has some.';
    throw new AssertionError({ message, stackStartFn: expectForeignKeysIndexed });
  }
  throw new AssertionError({
    message: ['Foreign keys without an index that begins with their columns:', ...keys.map(describe)].join('\n'),
    stackStartFn: expectForeignKeysIndexed,
  });
}

function describe({ name, child, parent, columns }: ForeignKey): string {
  return (
    `- ${name} of ${child} (${columns}), to ${parent}: each delete of a row of ${parent}, and each update of its key, ` +
    `reads all of ${child}.\n  create index on ${child} (${columns})`
  );
}
