import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { Connection } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { counted } from '../../kinds/shared/counted.ts';
import { admit } from './ask-server.ts';
import { type Columns, type ColumnValue, describeColumn } from './column.ts';
import { pointingTo } from './expect-round-trip.ts';
import { readColumns } from './read-columns.ts';
import { refused } from './refused.ts';
import { listing, RoundTripError, showValue } from './round-trip-error.ts';

export interface RefusalOptions {
  /** Which of the values that the column cannot store are tried. */
  readonly where?: (value: string) => boolean;
  /** A value that the code takes, for columns whose own values it refuses, such as a foreign key or an address. */
  readonly taken?: string;
}

/**
 * Expects that code refuses what a column cannot store as it is, instead of changing it: NUL and lone surrogates,
 * strings that are too long, numbers with too many digits, impossible dates, and what a CHECK constraint refuses. Then
 * values that the column stores are written, until the code takes one: code that refuses everything proves nothing.
 * @param column `table.column`
 * @param work writes a value by the code under test; rejects or resolves with `refused` when that does not take it,
 * else with what came back.
 * @throws {RoundTripError} with the first value that was taken, or when none is, of those that the column stores
 * either.
 */
export async function expectRefusal(
  database: PostgresDatabase,
  column: string,
  work: (value: string) => unknown,
  options: RefusalOptions = {},
): Promise<void> {
  const site = new Error('called');
  Error.captureStackTrace(site, expectRefusal);
  const inspector = await accessOf(database).inspector();
  const dot = column.lastIndexOf('.');
  const columns = await readColumns(inspector, column.slice(0, dot), [column.slice(dot + 1)]);
  const message =
    (await refusalFailure(inspector, columns, work, options)) ??
    (await nothingTaken(inspector, columns, work, options));
  if (message !== undefined) {
    throw pointingTo(site, new RoundTripError(message));
  }
}

async function refusalFailure(
  inspector: Connection,
  columns: Columns,
  work: (value: string) => unknown,
  { where = () => true }: RefusalOptions,
): Promise<string | undefined> {
  // Imported here, since most test files need none of it, and fast-check takes its time.
  const { unstorableValues } = await import('./values/unstorable.ts');
  const { valuesOf } = await import('./values/values-of.ts');
  const [column] = columns.columns as [Columns['columns'][number]];
  const place = describeColumn(columns.table, column);
  const edges = columns.checks.length > 0 ? valuesOf(column).edges : [];
  const all = [...edges.filter((edge) => typeof edge === 'string'), ...unstorableValues(column.type)];
  let tried = 0;
  for (const value of new Set(all.filter(where))) {
    if (await isKept(inspector, columns, value)) {
      continue;
    }
    tried += 1;
    const before = await count(inspector, columns.table);
    const outcome = await Promise.resolve(value)
      .then(work)
      .catch(() => refused);
    const stored = (await count(inspector, columns.table)) - before;
    if (outcome === refused && stored <= 0) {
      continue;
    }
    const lines = listing([
      ['written', showValue(value)],
      ['came back', outcome === refused ? 'a refusal' : showValue(outcome)],
      ['stored', stored > 0 ? `${counted(stored, 'row')} nevertheless` : ''],
    ]);
    return (
      `${place} cannot store a value as it is, and the code took it.\n${lines}\n` +
      'Check it before it is stored, and answer with an error that says what is wrong; `work` returns `refused` for that.'
    );
  }
  return tried > 0 ? undefined : `${place}: no value was tried, since the column takes all that the testkit knows.`;
}

/** The failure where the code refuses every value, also those that the column stores as they are. */
async function nothingTaken(
  inspector: Connection,
  columns: Columns,
  work: (value: string) => unknown,
  { taken }: RefusalOptions,
): Promise<string | undefined> {
  const [column] = columns.columns as [Columns['columns'][number]];
  const place = describeColumn(columns.table, column);
  const values = taken === undefined ? await storableValues(inspector, columns) : [taken];
  let first: unknown;
  for (const value of values) {
    try {
      if ((await work(value)) !== refused) {
        return undefined;
      }
      first ??= 'a refusal';
    } catch (error) {
      first ??= error;
    }
  }
  if (values.length === 0) {
    return `${place}: nothing is proved, since no value is known that the column takes. Give one: { taken: '…' }.`;
  }
  const lines = listing([
    ['written', showValue(values[0])],
    ['came back', String(first)],
  ]);
  return (
    `Nothing is proved about ${place}: the code refuses ${counted(values.length, 'value')} that the column stores as well.\n` +
    `${lines}\nMend what refuses them all, such as another field of what work writes` +
    (taken === undefined ? "; or give a value that the code takes: { taken: '…' }." : '.')
  );
}

/** Strings that a column stores as they are. */
async function storableValues(inspector: Connection, columns: Columns): Promise<string[]> {
  const { candidatesFor } = await import('./candidates.ts');
  const { edges } = await candidatesFor(inspector, columns, []);
  return edges.map(([value]) => value).filter((value) => typeof value === 'string');
}

/** Whether the server stores a value unchanged: it rounds numbers without a word. */
async function isKept(inspector: Connection, columns: Columns, value: ColumnValue): Promise<boolean> {
  const printed = await admit(inspector, columns, [value]);
  if (printed === undefined) {
    return false;
  }
  return columns.columns[0]?.type.name !== 'numeric' || Number(printed[0]) === Number(value);
}

async function count(inspector: Connection, table: string): Promise<number> {
  const [row] = await inspector.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return row?.count ?? 0;
}
