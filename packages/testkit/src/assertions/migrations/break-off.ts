import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { KEPT_BY_TOOLS } from './schema.ts';

/**
 * Lets a migration do its work, and fail at the end, when its tool notes that it was applied.
 * @returns whether it failed; a tool may note it otherwise than by a row of a table
 */
export async function breakOff(database: PostgresDatabase, migrate: () => Promise<void>): Promise<boolean> {
  const tables = await database.query<{ name: string; plain: string }>(
    "SELECT oid::regclass::text AS name, relname AS plain FROM pg_class WHERE relkind = 'r' AND pg_table_is_visible(oid)",
  );
  const own = tables.filter(({ plain }) => KEPT_BY_TOOLS.test(plain));
  await database.query(`
    CREATE FUNCTION splitlevel_break_off() RETURNS trigger LANGUAGE plpgsql
      AS $$ BEGIN RAISE 'broken off by the test'; END $$;
    ${own.map(({ name }) => `CREATE TRIGGER break_off BEFORE INSERT ON ${name} EXECUTE FUNCTION splitlevel_break_off();`).join('\n')}`);
  const isBroken = await migrate().then(
    () => false,
    () => true,
  );
  await database.query('DROP FUNCTION splitlevel_break_off CASCADE');
  return isBroken;
}
