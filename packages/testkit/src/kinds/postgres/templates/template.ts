import { slugOf } from '../../shared/database-names.ts';
import type { Place } from '../../shared/fixture-kind.ts';
import { type Package, packageOf } from '../../shared/package-of.ts';
import { type Connection, withConnection } from '../connection.ts';
import { hashOf, lockClasses, lockKey, newTemplateId, ownerName, templateName } from '../postgres-names.ts';
import type { PostgresNeed } from '../postgres-need.ts';
import { ensureRoles } from '../roles.ts';
import type { ServerSession } from '../server/server-session.ts';
import { WRITE_LOG_VERSION } from '../write-log/write-log.ts';
import { findTemplate, readFailure } from './find-template.ts';
import { makeTemplate } from './make-template.ts';
import { hashSources } from './template-sources.ts';

/** A database that is never connected to: it is only cloned. */
export interface Template {
  readonly name: string;
  /** The package's name as a part of identifiers. */
  readonly slug: string;
  /** The role that owns all that migrations make, and that the owners of the clones are members of. */
  readonly owner: { readonly name: string };
  /** The roles that the package declares, as far as its databases' owners may act as them. */
  readonly roles: readonly string[];
  /** Whether ALTER DATABASE … SET, ALTER ROLE … SET or GRANT … ON DATABASE was used on it. */
  readonly hasSettings: boolean;
}

/** Longest wait for another process that makes the same template. */
const MAKING_TIMEOUT = '200s';

/**
 * Finds the template of a need, or makes it: exactly one process does, and others wait for it. Nobody drops it while
 * the session is open.
 * @throws {Error} when the migrations or the seed fail, in every process that waits, with the error as the cause.
 */
export async function ensureTemplate(need: PostgresNeed, place: Place, session: ServerSession): Promise<Template> {
  const { connection, server } = session;
  const owner = await packageOf(place.directory);
  const hash = await templateHash(need, place, owner, server.identity);
  const slug = slugOf(owner.name);
  const roles = await ensureRoles(connection, need.roles, owner.name);
  const id = (await findTemplate(connection, slug, hash)) ?? (await make());
  const role = ownerName(slug, id);
  const name = templateName(slug, id);
  return { name, slug, owner: { name: role }, roles, hasSettings: await hasSettings(connection, name, role) };

  async function make(): Promise<string> {
    const made = await withConnection(server.url, async (maker) => {
      const [now] = await maker.query<{ at: string }>('SELECT clock_timestamp()::text AS at');
      await maker.query(`SET lock_timeout = '${MAKING_TIMEOUT}'`);
      await maker.query(`SET statement_timeout = '${MAKING_TIMEOUT}'`);
      await maker.query('SELECT pg_advisory_lock($1, $2)', [lockClasses.making, lockKey(hash)]);
      const found = await findTemplate(connection, slug, hash);
      if (found !== undefined) {
        return found;
      }
      const failure = await readFailure(maker, slug, hash, now?.at ?? '');
      if (failure) {
        throw failure;
      }
      const id = newTemplateId(hash);
      const lock = [lockClasses.use, lockKey(id)];
      await connection.query('SELECT pg_advisory_lock_shared($1, $2)', lock);
      try {
        await makeTemplate({ need, place, owner, roles, serverUrl: server.url, slug, id, hash, maker });
        return id;
      } catch (error) {
        await connection.query('SELECT pg_advisory_unlock_shared($1, $2)', lock);
        throw error;
      }
    });
    return made;
  }
}

async function templateHash(need: PostgresNeed, place: Place, owner: Package, identity: string): Promise<string> {
  return hashOf(
    WRITE_LOG_VERSION,
    identity,
    owner.directory,
    place.key,
    await hashSources(owner, place),
    need.declaredAt,
    need.extensions.join(),
    need.roles.join(),
    need.migrate.toString(),
    String(need.seed),
  );
}

async function hasSettings(connection: Connection, name: string, owner: string): Promise<boolean> {
  const rows = await connection.query(
    `SELECT FROM pg_database WHERE datname = $1 AND (datacl IS NOT NULL OR EXISTS (
       SELECT FROM pg_db_role_setting WHERE setdatabase = pg_database.oid
         OR (setdatabase = 0 AND setrole = (SELECT oid FROM pg_roles WHERE rolname = $2))))`,
    [name, owner],
  );
  return rows.length > 0;
}
