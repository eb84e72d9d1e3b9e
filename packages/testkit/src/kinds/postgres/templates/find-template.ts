import pg from 'pg';
import { PREFIX } from '../../shared/database-names.ts';
import { TemplateError } from '../../shared/run-part.ts';
import type { Connection } from '../connection.ts';
import { lockClasses, lockKey, ownerName, templateName } from '../postgres-names.ts';
import { isCurrent, type SourceList } from './sources/source-list.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** The start of the comment on a template; its sources follow. */
const SOURCES = 'template of the testkit ';
/** The start of the comment on a database whose making failed. */
const FAILED = 'failed template of the testkit ';

interface Found {
  readonly id: string;
  readonly sealed: boolean;
  readonly comment: string | null;
}

/** The databases that were made for a hash, the newest first. */
async function templatesFor(connection: Connection, slug: string, hash: string): Promise<Found[]> {
  return connection.query<Found>(
    `SELECT right(datname, 16) AS id, NOT datallowconn AS sealed, shobj_description(oid, 'pg_database') AS comment
     FROM pg_database WHERE datname ~ $1 ORDER BY oid DESC`,
    [`^${PREFIX}${slug}_template_[0-9a-f]{8}${hash.slice(0, 8)}$`],
  );
}

/**
 * Finds a template that was made for a hash, from sources that are all as they were then, and takes hold of it.
 * @returns its id, or nothing.
 */
export async function findTemplate(connection: Connection, slug: string, hash: string): Promise<string | undefined> {
  for (const { id, sealed, comment } of await templatesFor(connection, slug, hash)) {
    if (!sealed || !comment?.startsWith(SOURCES)) {
      continue;
    }
    const made = JSON.parse(comment.slice(SOURCES.length)) as { hash: string; sources: SourceList };
    if (made.hash !== hash || !isCurrent(made.sources)) {
      continue;
    }
    const lock = [lockClasses.use, lockKey(id)];
    await connection.query('SELECT pg_advisory_lock_shared($1, $2)', lock);
    const still = await connection.query('SELECT FROM pg_database WHERE datname = $1', [templateName(slug, id)]);
    if (still.length > 0) {
      return id;
    }
    await connection.query('SELECT pg_advisory_unlock_shared($1, $2)', lock);
  }
  return undefined;
}

/** Finishes a template: nobody can connect to it any more, and all can clone it. */
export async function sealTemplate(maker: Connection, name: string, hash: string, sources: SourceList): Promise<void> {
  const database = escapeIdentifier(name);
  await maker.query(`COMMENT ON DATABASE ${database} IS ${escapeLiteral(SOURCES + JSON.stringify({ hash, sources }))}`);
  await maker.query(`ALTER DATABASE ${database} WITH ALLOW_CONNECTIONS false`);
}

/** Drops what processes left half made for a hash, by one that holds the lock on making it. */
export async function dropHalfMade(maker: Connection, slug: string, hash: string): Promise<void> {
  for (const { id, sealed } of await templatesFor(maker, slug, hash)) {
    if (sealed) {
      continue;
    }
    await maker.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(templateName(slug, id))} WITH (FORCE)`);
    await maker.query(`DROP ROLE IF EXISTS ${escapeIdentifier(ownerName(slug, id))}`);
  }
}

/** The error of a maker that this process waited for, since it failed after the wait began. */
export async function readFailure(
  maker: Connection,
  slug: string,
  hash: string,
  since: string,
): Promise<TemplateError | undefined> {
  for (const { comment } of await templatesFor(maker, slug, hash)) {
    if (!comment?.startsWith(FAILED)) {
      continue;
    }
    const { at, message, cause } = JSON.parse(comment.slice(FAILED.length)) as Record<string, string>;
    const [after] = await maker.query<{ late: boolean }>('SELECT $1::timestamptz > $2::timestamptz AS late', [
      at,
      since,
    ]);
    if (!after?.late) {
      continue;
    }
    return new TemplateError(`${message} (Found by another process of the run, which this one waited for.)`, {
      cause: new Error(cause),
    });
  }
  return undefined;
}

export async function recordFailure(maker: Connection, name: string, error: TemplateError): Promise<void> {
  const [now] = await maker.query<{ at: string }>('SELECT clock_timestamp()::text AS at');
  const cause = error.cause instanceof Error ? error.cause.message : String(error.cause);
  const record = JSON.stringify({ at: now?.at, message: error.message.slice(0, 4000), cause: cause.slice(0, 4000) });
  const comment = `COMMENT ON DATABASE ${escapeIdentifier(name)} IS ${escapeLiteral(FAILED + record)}`;
  // What is not recorded is found anew by the next process.
  await maker.query(comment).catch(() => {});
}
