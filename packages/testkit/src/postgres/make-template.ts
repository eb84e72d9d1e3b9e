import pg from 'pg';
import { graceFor } from '../databases/grace-for.ts';
import { urlFor } from '../databases/names.ts';
import { runPart, TemplateError } from '../databases/run-part.ts';
import type { PostgresNeed } from '../needs.ts';
import { describeSession, otherSessions } from './busy.ts';
import { type Connection, withConnection } from './connection.ts';
import { explain } from './explain.ts';
import { installLedger } from './ledger.ts';
import { dropTemplates } from './sweep.ts';
import type { Template } from './template.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** As many templates stay on a server though nobody uses them: watching makes one for each state of the migrations. */
const TEMPLATE_LIMIT = 20;
/** What the comment on a database starts with whose making failed. */
const FAILED = 'failed template of the testkit ';

/**
 * Makes and seals a template. What is there under its name is half made, by a process that died; it is replaced.
 * @param maker a connection that holds the lock on making this template.
 * @throws TemplateError when an extension, the migrations or the seed fail.
 */
export async function makeTemplate(
  need: PostgresNeed,
  template: Omit<Template, 'hasSettings'>,
  packageName: string,
  serverUrl: string,
  maker: Connection,
): Promise<void> {
  const name = escapeIdentifier(template.name);
  const role = escapeIdentifier(template.owner.name);
  await dropTemplates(maker, TEMPLATE_LIMIT);
  await maker.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await maker.query(`DROP ROLE IF EXISTS ${role}`);
  await maker.query(`CREATE ROLE ${role} LOGIN PASSWORD ${escapeLiteral(template.owner.password)}`);
  await maker.query(`CREATE DATABASE ${name} TEMPLATE template0 OWNER ${role}`);
  try {
    await withConnection(urlFor(serverUrl, template.name), async (inside) => {
      for (const extension of need.extensions) await createExtension(inside, extension, packageName);
      const url = urlFor(serverUrl, template.name, template.owner);
      await runPart({ what: 'migrations', packageName, explain }, () => need.migrate(url));
      const { seed } = need;
      if (seed) await runPart({ what: 'seed', packageName, explain }, () => seed(url));
      await refuseOthers(inside, packageName);
      await installLedger(inside, template.owner.name);
      await inside.query('VACUUM (FREEZE, ANALYZE)');
    });
  } catch (error) {
    if (error instanceof TemplateError) await recordFailure(maker, name, error);
    throw error;
  }
  await maker.query(`ALTER DATABASE ${name} WITH ALLOW_CONNECTIONS false`);
}

/** The error of a maker that this process waited for, since it failed after the wait began. */
export async function readFailure(maker: Connection, name: string, since: string): Promise<TemplateError | undefined> {
  const [row] = await maker.query<{ comment: string | null }>(
    `SELECT shobj_description(oid, 'pg_database') AS comment FROM pg_database WHERE datname = $1`,
    [name],
  );
  if (!row?.comment?.startsWith(FAILED)) return undefined;
  const { at, message, cause } = JSON.parse(row.comment.slice(FAILED.length)) as Record<string, string>;
  const [after] = await maker.query<{ late: boolean }>('SELECT $1::timestamptz > $2::timestamptz AS late', [at, since]);
  if (!after?.late) return undefined;
  return new TemplateError(`${message} (Found by another process of the run, which this one waited for.)`, {
    cause: new Error(cause),
  });
}

async function recordFailure(maker: Connection, name: string, error: TemplateError): Promise<void> {
  const [now] = await maker.query<{ at: string }>('SELECT clock_timestamp()::text AS at');
  const cause = error.cause instanceof Error ? error.cause.message : String(error.cause);
  const record = JSON.stringify({ at: now?.at, message: error.message.slice(0, 4000), cause: cause.slice(0, 4000) });
  // What is not recorded is found anew by the next process.
  await maker.query(`COMMENT ON DATABASE ${name} IS ${escapeLiteral(FAILED + record)}`).catch(() => {});
}

async function createExtension(inside: Connection, extension: string, packageName: string): Promise<void> {
  try {
    await inside.query(`CREATE EXTENSION IF NOT EXISTS ${escapeIdentifier(extension)} CASCADE`);
  } catch (cause) {
    throw new TemplateError(
      `The extension '${extension}' that ${packageName} asks for could not be created: ${(cause as Error).message}. ` +
        'See pg_available_extensions for those of this server; for more, pin an image that has them in images.json.',
      { cause },
    );
  }
}

/** A database that somebody is connected to cannot be cloned. */
async function refuseOthers(inside: Connection, packageName: string): Promise<void> {
  let lines: string[] = [];
  const isAlone = async () => {
    lines = (await otherSessions(inside)).map(describeSession);
    return lines.length === 0;
  };
  if (await graceFor(isAlone)) return;
  const text = `The migrations or the seed of ${packageName} left connections open:\n- ${lines.join('\n- ')}`;
  throw new TemplateError(`${text}\nClose every pool and client before their promise resolves.`);
}
