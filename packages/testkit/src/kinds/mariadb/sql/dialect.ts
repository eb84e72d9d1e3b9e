import type { SqlDialect } from '../../shared/sql/sql-dialect.ts';
import { type Connection, identifier } from '../connection.ts';
import { holdLocks, refuseConnections } from './connections.ts';
import { empty } from './empty.ts';
import { mariadbInsert } from './insert.ts';
import { readSchema } from './schema.ts';

/**
 * MariaDB commits each change of the schema by itself: a migration that is broken off leaves its first part.
 * @param database its user's name, and the URL that no fault concerns
 */
export function dialectOf(superuser: Connection, { name, url }: { name: string; url: string }): SqlDialect {
  return {
    insertInto: mariadbInsert,
    readSchema,
    readRows: (database, table) => database.query(`SELECT * FROM ${identifier(table)}`),
    empty,
    holdLocks: (_, statement) => holdLocks(superuser, url, statement),
    refuseConnections: () => refuseConnections(superuser, url, name),
  };
}
