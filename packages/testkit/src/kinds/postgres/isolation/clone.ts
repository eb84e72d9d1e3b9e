import pg from 'pg';
import { cloneName, urlFor } from '../../shared/database-names.ts';
import type { Connection } from '../connection.ts';
import type { ServerSession } from '../server/server-session.ts';
import type { Template } from '../templates/template.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** A database made from a template. */
export interface Clone {
  readonly name: string;
  /** Of its owner, a role of the same name, not a superuser, which owns no other database. */
  readonly url: string;
  /** Of the superuser. */
  readonly superuserUrl: string;
}

let made = 0;

/** Clones a template: some milliseconds where files are copied in memory. */
export async function createClone(
  { connection, server, id, login }: ServerSession,
  template: Template,
): Promise<Clone> {
  const name = cloneName(template.slug, id, ++made);
  const role = escapeIdentifier(name);
  // On a disk that keeps its promises FILE_COPY waits for a checkpoint, and going through the log is quicker.
  const strategy = server.source === 'url' ? 'WAL_LOG' : 'FILE_COPY';
  const groups = [template.owner.name, ...template.roles].map(escapeIdentifier);
  await connection.query(
    `CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(login.verifier)} IN ROLE ${groups.join()}`,
  );
  await connection.query(
    `CREATE DATABASE ${role} TEMPLATE ${escapeIdentifier(template.name)} STRATEGY ${strategy} OWNER ${role}`,
  );
  if (template.hasSettings) {
    await copySettings(connection, template, name);
  }
  return {
    name,
    url: urlFor(server.url, name, { name, password: login.password }),
    superuserUrl: urlFor(server.url, name),
  };
}

/**
 * What ALTER DATABASE … SET, ALTER ROLE … SET and GRANT … ON DATABASE say is kept outside the database, and CREATE DATABASE
 * leaves it behind.
 */
async function copySettings(connection: Connection, { name, owner }: Template, to: string): Promise<void> {
  await connection.query('SET allow_system_table_mods = on');
  await connection.query(
    `INSERT INTO pg_db_role_setting (setdatabase, setrole, setconfig)
     SELECT CASE setdatabase WHEN 0 THEN 0 ELSE clone.oid END, CASE setrole WHEN owner.oid THEN role.oid ELSE setrole END, setconfig
     FROM pg_db_role_setting, pg_database AS template, pg_roles AS owner, pg_database AS clone, pg_roles AS role
     WHERE template.datname = $1 AND owner.rolname = $2 AND clone.datname = $3 AND role.rolname = $3
       AND (setdatabase = template.oid OR (setdatabase = 0 AND setrole = owner.oid))`,
    [name, owner.name, to],
  );
  await connection.query(
    'UPDATE pg_database SET datacl = (SELECT t.datacl FROM pg_database AS t WHERE t.datname = $1) WHERE datname = $2',
    [name, to],
  );
  await connection.query('RESET allow_system_table_mods');
}

export interface DropOptions {
  /** Ends the connections of others first. */
  readonly force?: boolean;
}

/**
 * Drops a clone that nobody is connected to.
 * @returns whether it is gone; without force someone else's connections are left alone, since ending them would show as
 * an error of the code that forgot them, at some later moment.
 */
export async function dropClone({ connection }: ServerSession, { name }: Clone, { force = false }: DropOptions = {}) {
  const [row] = await connection.query<{ used: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend') AS used`,
    [name],
  );
  if (row?.used && !force) {
    return false;
  }
  await connection.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}${force ? ' WITH (FORCE)' : ''}`);
  // A role that has something elsewhere stays, for the next sweep.
  await connection.query(`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`).catch(() => {});
  return true;
}
