import type { MariadbDatabase } from '../../kinds/mariadb/mariadb-database.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { isMariadb } from '../databases.ts';
import type { Insert, Values } from './insert.ts';
import { mariadbInsert } from './mariadb-insert.ts';
import { postgresInsert } from './postgres-insert.ts';

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
  database: PostgresDatabase | MariadbDatabase,
  table: string,
  rows: number,
  { values = {} }: FillOptions = {},
): Promise<void> {
  if (!Number.isInteger(rows) || rows < 1) {
    throw new RangeError(`rows is ${rows}; give an integer of at least 1.`);
  }
  await (await insertInto(database, table, values)).run(rows);
}

/** The INSERT that fills a table, as its schema is now. */
export function insertInto(
  database: PostgresDatabase | MariadbDatabase,
  table: string,
  values: Values = {},
): Promise<Insert> {
  return isMariadb(database) ? mariadbInsert(database, table, values) : postgresInsert(database, table, values);
}
