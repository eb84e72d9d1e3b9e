import type { Schema, SchemaTable } from '../../kinds/shared/sql/schema.ts';
import type { SqlDatabase, SqlDialect } from '../../kinds/shared/sql/sql-dialect.ts';

type Row = Readonly<Record<string, unknown>>;

/** The rows of each table, with values as the server writes them. */
export type Rows = ReadonlyMap<string, { readonly table: SchemaTable; readonly rows: readonly Row[] }>;

/** Reads every row of every table: they are few. */
export async function readRows(database: SqlDatabase, dialect: SqlDialect, { tables }: Schema): Promise<Rows> {
  const read = new Map<string, { table: SchemaTable; rows: readonly Row[] }>();
  for (const table of tables) {
    read.set(table.name, { table, rows: await dialect.readRows(database, table.name) });
  }
  return read;
}

/**
 * What became of rows: by tables, of the columns that are there before and after.
 * @param meant tables whose rows may change
 * @returns a line for each loss or change
 */
export function compareRows(before: Rows, after: Rows, meant: ReadonlySet<string>): string[] {
  return [...before].flatMap(([name, { table, rows }]) => {
    if (meant.has(name)) {
      return [];
    }
    const now = after.get(name);
    if (now === undefined) {
      return [`the table ${name} is gone, with its ${rows.length} rows`];
    }
    const gone = table.columns.filter((column) => !now.table.columns.includes(column));
    const kept = table.columns.filter((column) => now.table.columns.includes(column));
    return [
      ...gone.map((column) => `the column ${column} of ${name} is gone, with its values`),
      ...compareTable(name, kept, table.key, rows, now.rows),
    ];
  });
}

function compareTable(
  name: string,
  columns: readonly string[],
  key: readonly string[],
  before: readonly Row[],
  after: readonly Row[],
): string[] {
  const keyed = key.length > 0 && key.every((column) => columns.includes(column)) ? key : columns;
  const keyOf = (row: Row) => JSON.stringify(keyed.map((column) => plain(row[column])));
  const now = Map.groupBy(after, keyOf);
  const pairs = before.map((row) => [row, now.get(keyOf(row))?.[0]] as const);
  const missing = pairs.filter(([, found]) => found === undefined).length;
  const changed = pairs.flatMap(([row, found]) =>
    found === undefined ? [] : columns.filter((column) => plain(row[column]) !== plain(found[column])),
  );
  const lines = missing > 0 ? [`${missing} of the ${before.length} rows of ${name} are gone, or have another key`] : [];
  for (const column of new Set(changed)) {
    const count = changed.filter((each) => each === column).length;
    const [row, found] = pairs.find(([row, now]) => now && plain(row[column]) !== plain(now[column])) ?? [];
    const example = `${plain(row?.[column])} became ${plain(found?.[column])}`;
    lines.push(`${column} of ${count} of the ${before.length} rows of ${name}: ${example}`);
  }
  return lines;
}

/** A value as text, so that it can be compared and shown. */
function plain(value: unknown): string {
  if (Buffer.isBuffer(value)) {
    return `0x${value.toString('hex')}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
