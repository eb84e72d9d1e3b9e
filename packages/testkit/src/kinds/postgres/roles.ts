import pg from 'pg';
import { TemplateError } from '../shared/run-part.ts';
import type { Connection } from './connection.ts';
import { lockClasses } from './postgres-names.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** The comment on a role that the testkit made because a package declares it. */
const MADE = 'made by the testkit, for a package that declares it';

/**
 * Makes the roles that a package declares, as operations would in production: without a login and without attributes.
 * Roles are the whole server's: one that is there already stays as it is, and is shared by all who declare it.
 * @returns those that the databases' owners may become members of: not superusers.
 * @throws {TemplateError} when the server refuses one.
 */
export async function ensureRoles(
  connection: Connection,
  roles: readonly string[],
  packageName: string,
): Promise<readonly string[]> {
  if (roles.length === 0) {
    return [];
  }
  const existing = await readRoles(connection, roles);
  const missing = roles.filter((role) => !existing.has(role));
  if (missing.length > 0) {
    await makeRoles(connection, missing, packageName);
  }
  return roles.filter((role) => existing.get(role) !== true);
}

/** By name: whether it is a superuser. */
async function readRoles(connection: Connection, names: readonly string[]): Promise<Map<string, boolean>> {
  const rows = await connection.query<{ name: string; superuser: boolean }>(
    'SELECT rolname AS name, rolsuper AS superuser FROM pg_roles WHERE rolname = ANY ($1)',
    [names],
  );
  return new Map(rows.map(({ name, superuser }) => [name, superuser]));
}

/** One process makes them; the others find them. */
async function makeRoles(connection: Connection, names: readonly string[], packageName: string): Promise<void> {
  const lock = [lockClasses.roles, 0];
  await connection.query('SELECT pg_advisory_lock($1, $2)', lock);
  try {
    const existing = await readRoles(connection, names);
    for (const name of names.filter((name) => !existing.has(name))) {
      const role = escapeIdentifier(name);
      await connection
        .query(`CREATE ROLE ${role}; COMMENT ON ROLE ${role} IS ${escapeLiteral(MADE)}`)
        .catch((cause) => {
          throw refused(name, packageName, cause as Error);
        });
    }
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1, $2)', lock);
  }
}

function refused(role: string, packageName: string, cause: Error): TemplateError {
  return new TemplateError(
    `The role '${role}' that ${packageName} declares could not be created: ${cause.message}. Let TESTKIT_POSTGRES_URL ` +
      'name a user who may create roles, or create the role on that server yourself.',
    { cause },
  );
}

/** Drops the roles that the testkit made for packages, but for those that something on the server still depends on. */
export async function dropRoles(connection: Connection): Promise<void> {
  const made = await connection.query<{ name: string }>(
    "SELECT rolname AS name FROM pg_roles WHERE shobj_description(oid, 'pg_authid') = $1",
    [MADE],
  );
  for (const { name } of made) {
    await connection.query(`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`).catch(() => {});
  }
}
