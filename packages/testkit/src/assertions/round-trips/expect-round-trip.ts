import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { Connection } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import type { ColumnValue } from './column.ts';
import { RoundTripError } from './round-trip-error.ts';
import type { RoundTripOptions, ValueRow } from './round-trip-options.ts';

/**
 * Expects that values of a column come back as they were written: its type's edge values first, then random ones, as
 * far as its CHECK constraints take them. Values are the strings that PostgreSQL takes (times in ISO 8601, documents as
 * JSON, arrays as lists of strings), and null where the column is nullable.
 * @param column `table.column`
 * @param work writes a value by the code under test, and resolves with what that reads again: text, number, bigint,
 * boolean, Date, Buffer, list, object or null.
 * @throws {RoundTripError} with the smallest value that failed, what came back, and why.
 */
export function expectRoundTrip<Value extends ColumnValue = string>(
  database: PostgresDatabase,
  column: string,
  work: (value: Value) => unknown,
  options?: RoundTripOptions<Value>,
): Promise<void>;
/**
 * The same for several columns of a table at once.
 * @param work gets and resolves with a row, an object by the names of the columns.
 */
export function expectRoundTrip<Value extends ValueRow = Readonly<Record<string, string>>>(
  database: PostgresDatabase,
  table: string,
  columns: readonly string[],
  work: (row: Value) => unknown,
  options?: RoundTripOptions<Value>,
): Promise<void>;
export async function expectRoundTrip(database: PostgresDatabase, place: string, ...rest: unknown[]): Promise<void> {
  const site = new Error('called');
  Error.captureStackTrace(site, expectRoundTrip);
  const several = Array.isArray(rest[0]);
  const dot = place.lastIndexOf('.');
  const [table, names] = several ? [place, rest[0] as string[]] : [place.slice(0, dot), [place.slice(dot + 1)]];
  const [work, options = {}] = (several ? rest.slice(1) : rest) as [
    (value: unknown) => unknown,
    RoundTripOptions<unknown>?,
  ];
  const inspector: Connection = await accessOf(database).inspector();
  // Imported here, since most test files need none of it, and fast-check takes its time.
  const { roundTripFailure } = await import('./round-trip-failure.ts');
  const message = await roundTripFailure(inspector, { table, names, several, work, options });
  if (message === undefined) {
    return;
  }
  throw pointingTo(site, new RoundTripError(message));
}

/** Gives an error the stack of the test that called. */
export function pointingTo(site: Error, error: Error): Error {
  const frames = (site.stack ?? '').split('\n').slice(1).join('\n');
  error.stack = `${error.name}: ${error.message}\n${frames}`;
  return error;
}
