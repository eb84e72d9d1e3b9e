import pg from 'pg';
import { cloneName, urlFor } from '../databases/names.ts';
import type { ServerSession } from './server-session.ts';
import type { Template } from './template.ts';

const { escapeIdentifier } = pg;

/** A database made from a template. */
export interface Clone {
  readonly name: string;
  /** Of its owner, who is no superuser. */
  readonly url: string;
  /** Of the superuser. */
  readonly superuserUrl: string;
}

let made = 0;

/** Clones a template: some milliseconds where files are copied in memory. */
export async function createClone({ connection, server, id }: ServerSession, template: Template): Promise<Clone> {
  const name = cloneName(template.slug, id, ++made);
  // On a disk that keeps its promises FILE_COPY waits for a checkpoint, and going through the log is quicker.
  const strategy = server.source === 'url' ? 'WAL_LOG' : 'FILE_COPY';
  await connection.query(
    `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template.name)} ` +
      `STRATEGY ${strategy} OWNER ${escapeIdentifier(template.owner.name)}`,
  );
  if (template.hasSettings) await copySettings(connection.query.bind(connection), template.name, name);
  return { name, url: urlFor(server.url, name, template.owner), superuserUrl: urlFor(server.url, name) };
}

/** What ALTER DATABASE … SET says is kept outside the database, and CREATE DATABASE leaves it behind. */
async function copySettings(query: ServerSession['connection']['query'], from: string, to: string): Promise<void> {
  await query('SET allow_system_table_mods = on');
  await query(
    `INSERT INTO pg_db_role_setting (setdatabase, setrole, setconfig)
     SELECT (SELECT oid FROM pg_database WHERE datname = $2), setrole, setconfig
     FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = $1)`,
    [from, to],
  );
  await query('RESET allow_system_table_mods');
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
  if (row?.used && !force) return false;
  await connection.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)}${force ? ' WITH (FORCE)' : ''}`);
  return true;
}
