import type { SqlDialect } from '../../shared/sql/sql-dialect.ts';
import { type Connection, identifier } from '../connection.ts';
import { holdLocks, refuseConnections } from './connections.ts';
import { empty } from './empty.ts';
import { mariadbInsert } from './insert.ts';
import { readSchema } from './schema.ts';

/**
 * MariaDB commits each change of the schema by itself: a migration that is broken off leaves its first part.
 * @param user of the database
 */
export function dialectOf(superuser: Connection, user: string): SqlDialect {
  return {
    insertInto: mariadbInsert,
    readSchema,
    readRows: (database, table) => database.query(`SELECT * FROM ${identifier(table)}`),
    empty,
    holdLocks: ({ url }, statement) => holdLocks(superuser, url, statement),
    refuseConnections: ({ url }) => refuseConnections(superuser, url, user),
  };
}
