import pg from 'pg';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { Connection } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { columnsOf, type FillForeignKey, type FillTable, readTable } from './fill-columns.ts';
import { fillValue } from './fill-value.ts';

const { escapeIdentifier } = pg;

export interface FillOptions {
  /** SQL expressions of `i`, the number of the row, by column; it counts on from the rows that the table has. */
  readonly values?: Readonly<Record<string, string>>;
}

/** The server's message about a row that it refuses. */
interface ServerError extends Error {
  readonly constraint?: string;
  readonly column?: string;
}

/**
 * Fills a table with rows, by one INSERT, and analyzes it. Values come from the columns' types and their simple CHECK
 * constraints; foreign keys go to the rows that are there, in turn; what has a default keeps it.
 * @throws {Error} when the server does not take a row, with the columns that need `values`.
 */
export async function fill(
  database: PostgresDatabase,
  table: string,
  rows: number,
  { values = {} }: FillOptions = {},
): Promise<void> {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`rows is ${rows}; give an integer of at least 1.`);
  }
  const inspector = await accessOf(database).inspector();
  const target = await readTable(inspector, table);
  const unknown = Object.keys(values).find((name) => !target.columns.some((column) => column.name === name));
  if (unknown !== undefined) {
    const names = target.columns.map(({ name }) => name).join(', ');
    throw new Error(`The table ${table} has no column ${unknown}; it has ${names}.`);
  }
  const keys = target.foreignKeys.filter(({ columns }) => !columns.some((name) => name in values));
  for (const key of keys) {
    await refuseEmptyParent(database, target, key);
  }
  const insert = insertOf(target, keys, values);
  try {
    await database.query(insert, [rows]);
  } catch (cause) {
    throw await explained(inspector, table, cause as ServerError);
  }
  await database.query(`ANALYZE ${target.name}`);
}

function insertOf(
  target: FillTable,
  keys: readonly FillForeignKey[],
  values: Readonly<Record<string, string>>,
): string {
  const cells = target.columns.flatMap((column): [string, string][] => {
    const { name } = column;
    const key = keys.findIndex(({ columns }) => columns.includes(name));
    const own = values[name];
    if (own !== undefined) {
      return [[name, own]];
    }
    if (key >= 0) {
      return [[name, `parent_${key}.${escapeIdentifier(keys[key]?.keys[keys[key].columns.indexOf(name)] ?? '')}`]];
    }
    if (column.hasDefault) {
      return [];
    }
    const value = fillValue(column);
    if (value !== undefined) {
      return [[name, value]];
    }
    if (column.nullable) {
      return [];
    }
    throw new Error(`No value is known for ${target.name}.${name} of type ${column.type}. ${advice([name])}`);
  });
  const parents = keys.map(
    ({ parent, keys: names }, index) =>
      `parent_${index} AS MATERIALIZED (SELECT row_number() OVER () - 1 AS parent_number, kept.*
       FROM (SELECT ${names.map(escapeIdentifier).join(', ')} FROM ${parent} LIMIT $1) AS kept)`,
  );
  return `
    WITH ${[...parents, `number AS (SELECT n - 1 AS n, n + (SELECT count(*) FROM ${target.name}) AS i FROM generate_series(1::bigint, $1) AS n)`].join(',\n')}
    INSERT INTO ${target.name} (${cells.map(([name]) => escapeIdentifier(name)).join(', ')})
    SELECT ${cells.map(([, value]) => value).join(',\n')} FROM number
    ${keys.map((_key, index) => `LEFT JOIN parent_${index} ON parent_${index}.parent_number = ${placeIn(index)}`).join('\n')}`;
}

/** The row of a parent for the row n: in turn, and with the first parent's a pair that comes once. */
function placeIn(index: number): string {
  const count = (of: number) => `(SELECT nullif(count(*), 0) FROM parent_${of})`;
  return index === 0 ? `n % ${count(0)}` : `coalesce(n % ${count(0)} + n / ${count(0)}, n) % ${count(index)}`;
}

async function refuseEmptyParent(database: PostgresDatabase, target: FillTable, { parent, columns }: FillForeignKey) {
  if (columns.some((name) => target.columns.find((column) => column.name === name)?.nullable)) {
    return;
  }
  const [row] = await database.query<{ filled: boolean }>(`SELECT EXISTS (SELECT FROM ${parent}) AS filled`);
  if (row?.filled) {
    return;
  }
  throw new Error(
    `${target.name} (${columns.join(', ')}) refers to ${parent}, which has no rows: fill(database, '${parent}', …) first.`,
  );
}

async function explained(inspector: Connection, table: string, cause: ServerError): Promise<Error> {
  const { constraint, column } = cause;
  const columns = constraint ? await columnsOf(inspector, table, constraint) : column ? [column] : [];
  return new Error(`${table} could not be filled: ${cause.message}. ${advice(columns)}`, { cause });
}

function advice(columns: readonly string[]): string {
  const names = columns.length > 0 ? columns : ['column'];
  return `Give values: { ${names.map((name) => `${name}: 'an SQL expression of i'`).join(', ')} }, where i counts the rows.`;
}
