import type { Values } from '../../kinds/shared/sql/insert.ts';
import type { SqlDatabase } from '../../kinds/shared/sql/sql-dialect.ts';
import { sqlDialectOf } from '../sql-dialect.ts';

export interface FillOptions {
  /** SQL expressions of `i`, the number of the row, by column; it counts on from the rows that the table has. */
  readonly values?: Values;
}

/**
 * Fills a table with rows, by one INSERT, and analyzes it. Values come from the columns' types and their simple CHECK
 * constraints; foreign keys go to the rows that are there, in turn; what has a default keeps it.
 * @throws {Error} when the server does not take a row, with the columns that need `values`.
 */
export async function fill(
  database: SqlDatabase,
  table: string,
  rows: number,
  { values = {} }: FillOptions = {},
): Promise<void> {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`rows is ${rows}; give an integer of at least 1.`);
  }
  await (await sqlDialectOf(database).insertInto(database, table, values)).run(rows);
}
