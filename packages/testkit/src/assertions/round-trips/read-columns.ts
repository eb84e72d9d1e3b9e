import type { Connection } from '../../kinds/postgres/connection.ts';
import type { Column, Columns, ColumnType } from './column.ts';

interface TypeRow {
  readonly sql: string;
  readonly plain: string;
  readonly name: string;
  readonly kind: string;
  readonly element: number;
  readonly base: number;
  readonly baseModifier: number;
  readonly notNull: boolean;
  readonly labels: string[];
  readonly checks: string[];
}

interface ColumnRow {
  readonly name: string;
  readonly type: number;
  readonly modifier: number;
  readonly notNull: boolean;
}

/**
 * Reads columns from the catalog.
 * @throws {Error} when the table or a column does not exist; the message lists the existing names.
 */
export async function readColumns(inspector: Connection, table: string, names: readonly string[]): Promise<Columns> {
  const [found] = await inspector.query<{ id: string | null }>('SELECT to_regclass($1)::oid::text AS id', [table]);
  if (found?.id == null) {
    throw new Error(`There is no table ${table} in the test's database. Write 'table.column'.`);
  }
  const rows = await inspector.query<ColumnRow>(
    `SELECT attname AS name, atttypid::int8::int AS type, atttypmod AS modifier, attnotnull AS "notNull"
     FROM pg_attribute WHERE attrelid = $1::oid AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
    [found.id],
  );
  const checks = await readChecks(inspector, found.id, names);
  const columns = await Promise.all(
    names.map(async (name): Promise<Column> => {
      const row = rows.find((candidate) => candidate.name === name);
      if (row === undefined) {
        throw new Error(`The table ${table} has no column ${name}; it has ${rows.map((r) => r.name).join(', ')}.`);
      }
      const { type, notNull, domainChecks } = await readType(inspector, row.type, row.modifier);
      return { name, type, nullable: !row.notNull && !notNull, literals: literalsIn([...checks, ...domainChecks]) };
    }),
  );
  return { table, columns, checks };
}

/** Only what might be worth trying: whether a constraint takes it, the server is asked. */
function literalsIn(expressions: readonly string[]): string[] {
  const found = expressions.flatMap((expression) => [
    ...[...expression.matchAll(/'((?:[^']|'')*)'/g)].map(([, text = '']) => text.replaceAll("''", "'")),
    ...[...expression.matchAll(/-?\b\d+(?:\.\d+)?\b/g)].map(([number]) => number),
  ]);
  return [...new Set(found)];
}

interface TypeOfColumn {
  readonly type: ColumnType;
  readonly notNull: boolean;
  readonly domainChecks: readonly string[];
}

async function readType(inspector: Connection, oid: number, modifier: number): Promise<TypeOfColumn> {
  const [row] = await inspector.query<TypeRow>(
    `SELECT format_type(oid, $2) AS sql, format_type(oid, -1) AS plain, typname AS name, typtype AS kind,
       CASE WHEN typcategory = 'A' THEN typelem::int8::int ELSE 0 END AS element,
       typbasetype::int8::int AS base, typtypmod AS "baseModifier", typnotnull AS "notNull",
       ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder) AS labels,
       ARRAY(SELECT pg_get_expr(conbin, 0) FROM pg_constraint WHERE contypid = t.oid AND contype = 'c') AS checks
     FROM pg_type AS t WHERE oid = $1`,
    [oid, modifier],
  );
  if (row === undefined) {
    throw new Error(`The catalog has no type ${oid}.`);
  }
  const { sql, plain, kind } = row;
  if (kind === 'd') {
    const base = await readType(inspector, row.base, row.baseModifier);
    const domainChecks = [...row.checks, ...base.domainChecks];
    return { type: { ...base.type, sql }, notNull: row.notNull || base.notNull, domainChecks };
  }
  const type: ColumnType = { sql, plain, modifier, name: kind === 'e' ? 'enum' : row.element ? 'array' : row.name };
  const more: Partial<ColumnType> = row.element
    ? { element: (await readType(inspector, row.element, modifier)).type }
    : kind === 'e'
      ? { labels: row.labels }
      : {};
  return { type: { ...type, ...more }, notNull: false, domainChecks: [] };
}

async function readChecks(inspector: Connection, table: string, names: readonly string[]): Promise<string[]> {
  const rows = await inspector.query<{ expression: string }>(
    `SELECT pg_get_expr(conbin, conrelid) AS expression FROM pg_constraint
     WHERE conrelid = $1::oid AND contype = 'c' AND conkey <@ ARRAY(
       SELECT attnum FROM pg_attribute WHERE attrelid = $1::oid AND attname = ANY ($2::text[]))`,
    [table, names],
  );
  return rows.map(({ expression }) => expression);
}
