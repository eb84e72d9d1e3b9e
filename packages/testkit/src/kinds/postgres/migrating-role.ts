import pg from 'pg';
import type { Connection } from './connection.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/**
 * The settings that the role of the migrations may change of itself. The owners of all clones may act as it (SET ROLE),
 * and later clones get its settings.
 */
export interface MigratingRole {
  readonly name: string;
  readonly password: string | null;
  readonly settings: readonly string[] | null;
}

/** Reads the role by a superuser's connection. */
export async function readMigratingRole(connection: Connection, name: string): Promise<MigratingRole | undefined> {
  const [role] = await connection.query<MigratingRole>(
    `SELECT rolname::text AS name, rolpassword AS password,
       (SELECT setconfig FROM pg_db_role_setting WHERE setdatabase = 0 AND setrole = r.oid) AS settings
     FROM pg_authid AS r WHERE rolname = $1`,
    [name],
  );
  return role;
}

/** Sets the role back to what it was. Resolves with what differed, a line each. */
export async function restoreMigratingRole(connection: Connection, before: MigratingRole): Promise<string[]> {
  const now = await readMigratingRole(connection, before.name);
  const role = escapeIdentifier(before.name);
  const changed: string[] = [];
  if (now && now.password !== before.password) {
    const password = before.password === null ? 'NULL' : escapeLiteral(before.password);
    await connection.query(`ALTER ROLE ${role} PASSWORD ${password}`);
    changed.push('the password of the role that ran the migrations, by this test or one beside it');
  }
  if (now && JSON.stringify(now.settings) !== JSON.stringify(before.settings)) {
    await setSettings(connection, before);
    changed.push('the settings of the role that ran the migrations (ALTER ROLE … SET), by this test or one beside it');
  }
  return changed;
}

/** Written to the catalog as they stand there: ALTER ROLE … SET would read lists and quotes once more. */
async function setSettings(connection: Connection, { name, settings }: MigratingRole): Promise<void> {
  await connection.query(`ALTER ROLE ${escapeIdentifier(name)} RESET ALL`);
  if (settings === null) {
    return;
  }
  await connection.query('SET allow_system_table_mods = on');
  await connection.query(
    'INSERT INTO pg_db_role_setting (setdatabase, setrole, setconfig) SELECT 0, oid, $2 FROM pg_authid WHERE rolname = $1',
    [name, settings],
  );
  await connection.query('RESET allow_system_table_mods');
}
