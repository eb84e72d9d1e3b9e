import type { SqlDialect } from '../../shared/sql/sql-dialect.ts';
import { identifier } from '../connection.ts';
import { empty } from './empty.ts';
import { mariadbInsert } from './insert.ts';
import { readSchema } from './schema.ts';

/** MariaDB commits each change of the schema by itself: a migration that is broken off leaves its first part. */
export const dialect: SqlDialect = {
  insertInto: mariadbInsert,
  readSchema,
  readRows: (database, table) => database.query(`SELECT * FROM ${identifier(table)}`),
  empty,
};
