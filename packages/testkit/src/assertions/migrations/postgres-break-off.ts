import { KEPT_BY_TOOLS } from '../../kinds/shared/sql/schema.ts';
import type { SqlDatabase } from '../../kinds/shared/sql/sql-dialect.ts';

/** As the dialect's `breakOff` says. */
export async function breakOff(database: SqlDatabase, migrate: () => Promise<void>): Promise<boolean> {
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
