import pg from 'pg';
import { PREFIX } from '../../shared/database-names.ts';
import type { Connection } from '../connection.ts';
import { EVIDENCE } from '../evidence-mark.ts';
import { lockClasses, lockKey } from '../postgres-names.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** In one go; what is more waits for the next sweep. */
const LIMIT = 200;

/** The advisory locks of the database that all sessions of the testkit connect to. */
const LOCKED = (lockClass: number, digits: string) => `EXISTS (
  SELECT FROM pg_locks AS l
  WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid = ${lockClass}
    AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
    AND lpad(to_hex(l.objid::bigint), 8, '0') = ${digits})`;

const ORPHANS = `
  SELECT datname AS name FROM pg_database AS d
  WHERE datname ~ ${escapeLiteral(`^${PREFIX}[a-z0-9_]*_[0-9a-f]{8}_[0-9]+$`)}
    AND shobj_description(d.oid, 'pg_database') IS NULL
    AND NOT ${LOCKED(lockClasses.session, "substring(d.datname FROM '_([0-9a-f]{8})_[0-9]+$')")}
  ORDER BY d.oid LIMIT ${LIMIT}`;

const TEMPLATES = `
  SELECT datname AS name, substring(datname FROM '_template_([0-9a-f]{16})$') AS hash FROM pg_database AS d
  WHERE datname ~ ${escapeLiteral(`^${PREFIX}[a-z0-9_]*_template_[0-9a-f]{16}$`)}
  ORDER BY d.oid DESC OFFSET $1 LIMIT ${LIMIT}`;

/** Roles of databases that are gone. */
const OWNERS_OF_CLONES = `
  SELECT rolname AS name FROM pg_roles
  WHERE rolname ~ ${escapeLiteral(`^${PREFIX}[a-z0-9_]*_[0-9a-f]{8}_[0-9]+$`)}
    AND NOT EXISTS (SELECT FROM pg_database WHERE datname = rolname)
    AND NOT ${LOCKED(lockClasses.session, "substring(rolname FROM '_([0-9a-f]{8})_[0-9]+$')")}
  LIMIT ${LIMIT}`;

const OWNERS = `
  SELECT rolname AS name, substring(rolname FROM '_owner_([0-9a-f]{16})$') AS hash FROM pg_roles
  WHERE rolname ~ ${escapeLiteral(`^${PREFIX}[a-z0-9_]*_owner_[0-9a-f]{16}$`)} LIMIT ${LIMIT}`;

/** Drops the clones of processes that are gone: their names carry a session that nobody holds. Evidence is kept. */
export async function dropOrphans(connection: Connection): Promise<void> {
  for (const { name } of await connection.query<{ name: string }>(ORPHANS)) {
    await dropDatabase(connection, name);
  }
  for (const { name } of await connection.query<{ name: string }>(OWNERS_OF_CLONES)) {
    await dropRole(connection, name);
  }
}

/** Drops templates that no process uses, but for the newest ones, and roles that then own nothing. */
export async function dropTemplates(connection: Connection, keep: number): Promise<void> {
  const templates = await connection.query<{ name: string; hash: string }>(TEMPLATES, [keep]);
  for (const { name, hash } of templates) {
    await ifUnused(connection, hash, () => dropDatabase(connection, name));
  }
  if (keep > 0) {
    return;
  }
  for (const { name, hash } of await connection.query<{ name: string; hash: string }>(OWNERS)) {
    // The owner of evidence stays as long as that does.
    await ifUnused(connection, hash, () => dropRole(connection, name));
  }
}

/** Drops the databases of failed tests. */
export async function dropEvidence(connection: Connection): Promise<void> {
  const kept = await connection.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database
     WHERE starts_with(datname, $1) AND starts_with(shobj_description(oid, 'pg_database'), $2)`,
    [PREFIX, EVIDENCE],
  );
  for (const { name } of kept) {
    await dropDatabase(connection, name);
    await dropRole(connection, name);
  }
}

async function ifUnused(connection: Connection, hash: string, drop: () => Promise<unknown>): Promise<void> {
  const lock = [lockClasses.use, lockKey(hash)];
  const [row] = await connection.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS mine', lock);
  if (!row?.mine) {
    return;
  }
  try {
    await drop();
  } finally {
    await connection.query('SELECT pg_advisory_unlock($1, $2)', lock);
  }
}

/** Others sweep at the same time: who comes second finds it gone, or being dropped, and goes on. */
async function dropDatabase(connection: Connection, name: string): Promise<void> {
  await connection.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`).catch(() => {});
}

/** One that still has something on the server stays. */
async function dropRole(connection: Connection, name: string): Promise<void> {
  await connection.query(`DROP ROLE IF EXISTS ${escapeIdentifier(name)}`).catch(() => {});
}
