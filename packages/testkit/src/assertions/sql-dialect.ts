import { accessOf } from '../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../kinds/postgres/postgres-database.ts';
import { dialectOf, type SqlDatabase, type SqlDialect } from '../kinds/shared/sql/sql-dialect.ts';
import { holdLocks, refuseConnections } from './connections/postgres-connections.ts';
import { postgresInsert } from './fill/postgres-insert.ts';
import { breakOff } from './migrations/postgres-break-off.ts';
import { empty } from './migrations/postgres-empty.ts';
import { readSchema } from './migrations/postgres-schema.ts';

const postgres: SqlDialect = {
  insertInto: postgresInsert,
  readSchema,
  // Numbers of JavaScript would lose digits.
  readRows: async (database, table) => {
    const rows = await database.query<{ row: Record<string, unknown> }>(
      `SELECT (SELECT jsonb_object_agg(key, value) FROM jsonb_each_text(to_jsonb(t))) AS row FROM ${table} AS t`,
    );
    return rows.map(({ row }) => row);
  },
  empty,
  breakOff,
  holdLocks,
  refuseConnections,
};

/**
 * The dialect of a test's database.
 * @throws {TypeError} when it is not a database that the testkit gave to a test
 */
export function sqlDialectOf(database: SqlDatabase): SqlDialect {
  const dialect = dialectOf(database);
  if (dialect === undefined) {
    accessOf(database as PostgresDatabase);
  }
  return dialect ?? postgres;
}
