import type { Connection } from '../../kinds/postgres/connection.ts';

/** A column, as far as a value for it depends on the catalog. */
export interface FillColumn {
  readonly name: string;
  /** As PostgreSQL writes it: `numeric(12,2)`, or the name of a domain. */
  readonly type: string;
  /** The catalog's name of the type below a domain, of an array that of its elements: `numeric`, `int4`. */
  readonly base: string;
  /** The same as SQL takes it: `numeric`, `public.mood`. */
  readonly plain: string;
  readonly isArray: boolean;
  readonly isEnum: boolean;
  /** Length, precision and scale, as the catalog packs them; -1 when there are none. */
  readonly modifier: number;
  readonly nullable: boolean;
  /** Whether the server has a value when none is given. */
  readonly hasDefault: boolean;
  /** Whether it is part of a unique index. */
  readonly unique: boolean;
  /** CHECK constraints that are about this column alone, a domain's among them, as SQL. */
  readonly checks: readonly string[];
}

export interface FillForeignKey {
  readonly parent: string;
  readonly columns: readonly string[];
  /** Of the parent, in the same order. */
  readonly keys: readonly string[];
}

export interface FillTable {
  /** As SQL takes it. */
  readonly name: string;
  readonly columns: readonly FillColumn[];
  readonly foreignKeys: readonly FillForeignKey[];
}

const COLUMNS = `
  WITH RECURSIVE below AS (
    SELECT attnum, atttypid AS type, atttypmod AS modifier, attnotnull AS "notNull" FROM pg_attribute
    WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped
    UNION ALL
    SELECT attnum, typbasetype, CASE WHEN modifier < 0 THEN typtypmod ELSE modifier END, "notNull" OR typnotnull
    FROM below JOIN pg_type ON pg_type.oid = type WHERE typtype = 'd'
  )
  SELECT attname AS name, format_type(atttypid, atttypmod) AS type, coalesce(element.typname, own.typname) AS base,
    format_type(coalesce(element.oid, own.oid), NULL) AS plain, element.oid IS NOT NULL AS "isArray", coalesce(element.typtype, own.typtype) = 'e' AS "isEnum", modifier::int AS modifier,
    NOT "notNull" AS nullable, atthasdef OR attidentity <> '' OR attgenerated <> '' AS "hasDefault",
    EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND attnum = ANY (indkey)) AS unique,
    ARRAY(SELECT pg_get_constraintdef(oid) FROM pg_constraint
          WHERE contype = 'c' AND (conrelid = attrelid AND conkey = ARRAY[attnum] OR contypid <> 0 AND contypid IN (
            SELECT type FROM below AS domains WHERE domains.attnum = pg_attribute.attnum))) AS checks
  FROM pg_attribute JOIN below USING (attnum) JOIN pg_type AS own ON own.oid = below.type
  LEFT JOIN pg_type AS element ON element.oid = own.typelem AND own.typcategory = 'A'
  WHERE attrelid = $1::oid AND own.typtype <> 'd' ORDER BY attnum`;

const FOREIGN_KEYS = `
  SELECT confrelid::regclass::text AS parent,
    ARRAY(SELECT attname::text FROM unnest(conkey) WITH ORDINALITY AS k (n, place)
          JOIN pg_attribute ON attrelid = conrelid AND attnum = n ORDER BY place) AS columns,
    ARRAY(SELECT attname::text FROM unnest(confkey) WITH ORDINALITY AS k (n, place)
          JOIN pg_attribute ON attrelid = confrelid AND attnum = n ORDER BY place) AS keys
  FROM pg_constraint WHERE conrelid = $1::oid AND contype = 'f' AND conparentid = 0
  ORDER BY cardinality(conkey) DESC, conname`;

/**
 * Reads from the catalog what values a table takes.
 * @throws {Error} when the table does not exist.
 */
export async function readTable(inspector: Connection, table: string): Promise<FillTable> {
  const [found] = await inspector.query<{ id: string | null; name: string }>(
    'SELECT to_regclass($1)::oid::text AS id, to_regclass($1)::text AS name',
    [table],
  );
  if (found?.id == null) {
    throw new Error(`There is no table ${table} in the test's database to fill.`);
  }
  const columns = await inspector.query<FillColumn>(COLUMNS, [found.id]);
  const foreignKeys = await inspector.query<FillForeignKey>(FOREIGN_KEYS, [found.id]);
  return { name: found.name, columns, foreignKeys };
}

/** The columns that a constraint or a unique index of a table is about. */
export async function columnsOf(inspector: Connection, table: string, constraint: string): Promise<string[]> {
  const rows = await inspector.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute WHERE attrelid = to_regclass($1) AND attnum > 0 AND (
       attnum = ANY (SELECT unnest(conkey) FROM pg_constraint WHERE conrelid = attrelid AND conname = $2)
       OR attnum = ANY (SELECT unnest(indkey::int2[]) FROM pg_index WHERE indexrelid = (
         SELECT oid FROM pg_class WHERE relname = $2 AND pg_class.oid = indexrelid) AND indrelid = attrelid))
     ORDER BY attnum`,
    [table, constraint],
  );
  return rows.map(({ name }) => name);
}
