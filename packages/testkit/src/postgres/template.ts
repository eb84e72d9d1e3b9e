import { join } from 'node:path';
import pg from 'pg';
import type { Place } from '../fixture-kind.ts';
import type { PostgresNeed } from '../needs.ts';
import { type Connection, withConnection } from './connection.ts';
import { contentHash } from './content-hash.ts';
import { installLedger, LEDGER_VERSION } from './ledger.ts';
import { hashOf, lockClasses, lockKey, ownerName, ownerPassword, slugOf, templateName, urlFor } from './names.ts';
import { packageOf } from './package-of.ts';
import type { ServerSession } from './server-session.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** A database that is never connected to: it is only cloned. */
export interface Template {
  readonly name: string;
  readonly slug: string;
  readonly owner: { readonly name: string; readonly password: string };
}

/** Longest wait for another process that makes the same template. */
const MAKING_TIMEOUT = '180s';

/** Tests are no part of a template, and neither are the stubs of upstreams. */
const isNoSource = (name: string) => name.endsWith('.test.ts') || name === 'stubs';

/**
 * Finds the template of a need, or makes it: exactly one process does, and others wait for it. While the session is open
 * nobody drops it.
 * @throws when the migrations or the seed fail, with their error as the cause.
 */
export async function ensureTemplate(need: PostgresNeed, place: Place, session: ServerSession): Promise<Template> {
  const owner = await packageOf(place.directory);
  const slug = slugOf(owner.name);
  const hash = hashOf(
    LEDGER_VERSION,
    session.server.identity,
    owner.directory,
    place.key,
    await contentHash([join(owner.directory, 'migrations'), place.directory], isNoSource),
    need.extensions.join(),
    need.migrate.toString(),
    String(need.seed),
  );
  const role = ownerName(slug, hash);
  const template = {
    name: templateName(slug, hash),
    slug,
    owner: { name: role, password: ownerPassword(session.server.url, role) },
  };
  await session.connection.query('SELECT pg_advisory_lock_shared($1, $2)', [lockClasses.use, lockKey(hash)]);
  if (!(await isSealed(session.connection, template.name))) {
    await withConnection(session.server.url, async (connection) => {
      await connection.query(`SET lock_timeout = '${MAKING_TIMEOUT}'`);
      await connection.query('SELECT pg_advisory_lock($1, $2)', [lockClasses.making, lockKey(hash)]);
      if (!(await isSealed(connection, template.name))) await make(need, template, owner.name, session, connection);
    });
  }
  return template;
}

async function isSealed(connection: Connection, name: string): Promise<boolean> {
  const rows = await connection.query('SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn', [name]);
  return rows.length > 0;
}

async function make(
  need: PostgresNeed,
  template: Template,
  packageName: string,
  session: ServerSession,
  connection: Connection,
): Promise<void> {
  const name = escapeIdentifier(template.name);
  const role = escapeIdentifier(template.owner.name);
  // What is there is half made: its maker died.
  await connection.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await connection.query(`DROP ROLE IF EXISTS ${role}`);
  await connection.query(`CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(template.owner.password)}`);
  await connection.query(`CREATE DATABASE ${name} TEMPLATE template0 OWNER ${role}`);
  await withConnection(urlFor(session.server.url, template.name), async (inside) => {
    for (const extension of need.extensions) {
      await inside.query(`CREATE EXTENSION IF NOT EXISTS ${escapeIdentifier(extension)} CASCADE`);
    }
    const url = urlFor(session.server.url, template.name, template.owner);
    await run(`migrate`, () => need.migrate(url), packageName);
    if (need.seed) await run('seed', () => need.seed?.(url) ?? Promise.resolve(), packageName);
    await installLedger(inside, template.owner.name);
    await inside.query('VACUUM (FREEZE, ANALYZE)');
  });
  await connection.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
}

async function run(what: 'migrate' | 'seed', work: () => Promise<void>, packageName: string): Promise<void> {
  try {
    await work();
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    const part = what === 'migrate' ? 'migrations' : 'seed';
    throw new Error(`The ${part} of ${packageName} failed on an empty database: ${message}`, { cause });
  }
}
