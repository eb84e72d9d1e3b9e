import type { SqlDatabase } from '../../shared/sql/sql-dialect.ts';
import { identifier } from '../connection.ts';

const MADE = `
  SELECT TABLE_TYPE AS type, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
  UNION ALL
  SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE()`;

/** Drops all that migrations made. */
export async function empty(database: SqlDatabase): Promise<void> {
  const made = await database.query<{ type: string; name: string }>(MADE);
  await database.query('SET foreign_key_checks = 0');
  for (const { type, name } of made) {
    await database.query(`DROP ${type.replace('BASE ', '')} IF EXISTS ${identifier(name)}`);
  }
  await database.query('SET foreign_key_checks = 1');
}
