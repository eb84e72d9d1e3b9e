import pg from 'pg';
import type { Connection } from '../../kinds/postgres/connection.ts';
import type { Column, Columns, ColumnType, ColumnValue } from './column.ts';

const { escapeIdentifier } = pg;

/** SQLSTATE classes by which the server says that it does not take a value: data exceptions and broken constraints. */
const NOT_TAKEN = /^2[23]/;

/**
 * Whether columns take a row of values, by their types, their domains and their CHECK constraints: the server decides.
 * @returns the values as it prints them, or undefined.
 */
export async function admit(inspector: Connection, { columns, checks }: Columns, row: readonly ColumnValue[]) {
  if (columns.some((column, index) => row[index] === null && !column.nullable)) {
    return undefined;
  }
  const record = columns.map(({ name, type }) => `${escapeIdentifier(name)} ${type.sql}`).join(', ');
  const printed = columns.map(({ name }) => `${escapeIdentifier(name)}::text`).join(', ');
  // A record from JSON is made as INSERT makes it: a value that is too long is an error, where a cast would cut it.
  return unlessRefused(async () => {
    const [answer] = await inspector.query<{ printed: (string | null)[]; passes: boolean }>(
      `SELECT ARRAY[${printed}] AS printed, ${checks.map((check) => `(${check}) IS NOT FALSE`).join(' AND ') || 'true'} AS passes
       FROM json_to_record($1) AS candidate (${record})`,
      [recordText(columns, row)],
    );
    return answer?.passes ? answer.printed : undefined;
  });
}

/** Whether two values are equal for the server; undefined when the second is not a value of the type. */
export async function areEqual(inspector: Connection, type: ColumnType, written: ColumnValue, cameBack: ColumnValue) {
  return unlessRefused(async () => {
    const [answer] = await inspector.query<{ equal: boolean }>(
      `SELECT written.value${comparable(type)} IS NOT DISTINCT FROM came.value${comparable(type)} AS equal
       FROM json_to_record($1) AS written (value ${type.plain}), json_to_record($2) AS came (value ${type.plain})`,
      [written, cameBack].map((value) => recordText([{ name: 'value', type }], [value])),
    );
    return answer?.equal;
  });
}

/** Whether a row of the table holds a value; undefined when nobody but the code's transaction sees its rows. */
export async function isStored(inspector: Connection, table: string, { name, type }: Column, value: ColumnValue) {
  return unlessRefused(async () => {
    const [answer] = await inspector.query<{ rows: boolean; found: boolean }>(
      `SELECT EXISTS (SELECT FROM ${table}) AS rows, EXISTS (
         SELECT FROM ${table} AS stored, json_to_record($1) AS written (value ${type.plain})
         WHERE stored.${escapeIdentifier(name)}${comparable(type)} IS NOT DISTINCT FROM written.value${comparable(type)}) AS found`,
      [recordText([{ name: 'value', type }], [value])],
    );
    return answer?.rows ? answer.found : undefined;
  });
}

/** json has no equality, and the equality of text may be a collation's, which takes different strings for equal. */
function comparable({ name, element, plain }: ColumnType): string {
  const inner = element?.name ?? name;
  if (inner === 'json') {
    return element ? '::jsonb[]' : '::jsonb';
  }
  if (inner === 'text' || inner === 'varchar') {
    return `::${plain} COLLATE "C"`;
  }
  return '';
}

function recordText(columns: readonly Pick<Column, 'name' | 'type'>[], row: readonly ColumnValue[]): string {
  const fields = columns.map(({ name, type }, index) => `${JSON.stringify(name)}:${cell(type, row[index] ?? null)}`);
  return `{${fields.join()}}`;
}

function cell(type: ColumnType, value: ColumnValue): string {
  if (value === null) {
    return 'null';
  }
  if (typeof value !== 'string') {
    return `[${value.map((item) => cell(type.element ?? type, item)).join()}]`;
  }
  return type.name === 'json' || type.name === 'jsonb' ? value : JSON.stringify(value);
}

async function unlessRefused<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (NOT_TAKEN.test((error as { code?: string }).code ?? '')) {
      return undefined;
    }
    throw error;
  }
}
