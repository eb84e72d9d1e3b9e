import { join } from 'node:path';
import { ownerPassword, slugOf } from '../databases/names.ts';
import { type Package, packageOf } from '../databases/package-of.ts';
import type { Place } from '../fixture-kind.ts';
import type { PostgresNeed } from '../needs.ts';
import { type Connection, withConnection } from './connection.ts';
import { contentHash } from './content-hash.ts';
import { LEDGER_VERSION } from './ledger.ts';
import { makeTemplate, readFailure } from './make-template.ts';
import { hashOf, lockClasses, lockKey, ownerName, templateName } from './names.ts';
import type { ServerSession } from './server-session.ts';

/** A database that is never connected to: it is only cloned. */
export interface Template {
  readonly name: string;
  /** The package's name as a part of identifiers. */
  readonly slug: string;
  /** The role that owns the clones and all that migrations make; on no other package's databases does it own anything. */
  readonly owner: { readonly name: string; readonly password: string };
  /** Whether ALTER DATABASE … SET was used on it. */
  readonly hasSettings: boolean;
}

/** Longest wait for another process that makes the same template. */
const MAKING_TIMEOUT = '200s';

/** Tests are no part of a template, and neither are the stubs of upstreams. */
const isNoSource = (name: string) => name.endsWith('.test.ts') || name === 'stubs';

/**
 * Finds the template of a need, or makes it: exactly one process does, and others wait for it. Nobody drops it while the
 * session is open.
 * @throws when the migrations or the seed fail, in every process that waits, with the error as the cause.
 */
export async function ensureTemplate(need: PostgresNeed, place: Place, session: ServerSession): Promise<Template> {
  const { connection, server } = session;
  const owner = await packageOf(place.directory);
  const hash = await templateHash(need, place, owner, server.identity);
  const slug = slugOf(owner.name);
  const name = templateName(slug, hash);
  const role = ownerName(slug, hash);
  const blank = { name, slug, owner: { name: role, password: ownerPassword(server.url, role) } };

  await connection.query('SELECT pg_advisory_lock_shared($1, $2)', [lockClasses.use, lockKey(hash)]);
  if (!(await isSealed(connection, name))) {
    await withConnection(server.url, async (maker) => {
      const [now] = await maker.query<{ at: string }>('SELECT clock_timestamp()::text AS at');
      await maker.query(`SET lock_timeout = '${MAKING_TIMEOUT}'`);
      await maker.query(`SET statement_timeout = '${MAKING_TIMEOUT}'`);
      await maker.query('SELECT pg_advisory_lock($1, $2)', [lockClasses.making, lockKey(hash)]);
      if (await isSealed(maker, name)) return;
      const failure = await readFailure(maker, name, now?.at ?? '');
      if (failure) throw failure;
      await makeTemplate(need, blank, owner.name, server.url, maker);
    });
  }
  return { ...blank, hasSettings: await hasSettings(connection, name) };
}

async function templateHash(need: PostgresNeed, place: Place, owner: Package, identity: string): Promise<string> {
  return hashOf(
    LEDGER_VERSION,
    identity,
    owner.directory,
    place.key,
    await contentHash([join(owner.directory, 'migrations'), join(owner.directory, 'src'), place.directory], isNoSource),
    need.declaredAt,
    need.extensions.join(),
    need.migrate.toString(),
    String(need.seed),
  );
}

async function isSealed(connection: Connection, name: string): Promise<boolean> {
  return (await connection.query('SELECT FROM pg_database WHERE datname = $1 AND NOT datallowconn', [name])).length > 0;
}

async function hasSettings(connection: Connection, name: string): Promise<boolean> {
  const rows = await connection.query(
    'SELECT FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = $1)',
    [name],
  );
  return rows.length > 0;
}
