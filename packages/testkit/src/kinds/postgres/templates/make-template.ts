import pg from 'pg';
import { ownerPassword, urlFor } from '../../shared/database-names.ts';
import type { Place } from '../../shared/fixture-kind.ts';
import type { Package } from '../../shared/package-of.ts';
import { runPart, TemplateError } from '../../shared/run-part.ts';
import { waitBriefly } from '../../shared/wait-briefly.ts';
import { type Connection, withConnection } from '../connection.ts';
import { ownerName, templateName } from '../postgres-names.ts';
import type { PostgresNeed } from '../postgres-need.ts';
import { dropTemplates } from '../server/sweep.ts';
import { describeSession, otherSessions } from '../sessions/sessions.ts';
import { installWriteLog } from '../write-log/write-log.ts';
import { explainSchema } from './explain-schema.ts';
import { dropHalfMade, recordFailure, sealTemplate } from './find-template.ts';
import { type Recording, recordSources } from './sources/record-sources.ts';
import { isHashed } from './template-sources.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** As many templates stay on a server though nobody uses them: watching makes one for each state of the migrations. */
const TEMPLATE_LIMIT = 20;

export interface Making {
  readonly need: PostgresNeed;
  readonly place: Place;
  readonly owner: Package;
  /** Which the owner of what migrations make becomes a member of. */
  readonly roles: readonly string[];
  readonly serverUrl: string;
  readonly slug: string;
  readonly id: string;
  readonly hash: string;
  /** Holds the lock on making a template for this hash. */
  readonly maker: Connection;
}

/**
 * Makes and seals a template. Templates that dead processes left half made are dropped.
 * @throws {TemplateError} when an extension, the migrations or the seed fail.
 */
export async function makeTemplate(making: Making): Promise<void> {
  const { need, owner, roles, serverUrl, slug, id, hash, maker } = making;
  const name = templateName(slug, id);
  const role = { name: ownerName(slug, id), password: ownerPassword(serverUrl, ownerName(slug, id)) };
  const groups = roles.length === 0 ? '' : ` IN ROLE ${roles.map(escapeIdentifier).join()}`;
  await dropTemplates(maker, TEMPLATE_LIMIT);
  await dropHalfMade(maker, slug, hash);
  await maker.query(
    `CREATE ROLE ${escapeIdentifier(role.name)} LOGIN PASSWORD ${escapeLiteral(role.password)}${groups}`,
  );
  await maker.query(
    `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0 OWNER ${escapeIdentifier(role.name)}`,
  );
  try {
    const sources = await withConnection(urlFor(serverUrl, name), async (inside) => {
      for (const extension of need.extensions) {
        await createExtension(inside, extension, owner.name);
      }
      const recorded = await recordSources(recordingOf(making), () =>
        runParts(need, owner.name, urlFor(serverUrl, name, role)),
      );
      await refuseOthers(inside, owner.name);
      await installWriteLog(inside, role.name);
      await inside.query('VACUUM (FREEZE, ANALYZE)');
      return recorded.sources;
    });
    await sealTemplate(maker, name, hash, sources);
  } catch (error) {
    if (error instanceof TemplateError) {
      await recordFailure(maker, name, error);
    }
    throw error;
  }
}

function recordingOf({ need, owner, place }: Making): Recording {
  return { declaredIn: need.declaredIn, package: owner.directory, isKnown: (path) => isHashed(path, owner, place) };
}

async function runParts({ migrate, seed }: PostgresNeed, packageName: string, url: string): Promise<void> {
  await runPart({ what: 'migrations', packageName, explain: explainSchema }, () => migrate(url));
  if (seed) {
    await runPart({ what: 'seed', packageName, explain: explainSchema }, () => seed(url));
  }
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
  if (await waitBriefly(isAlone)) {
    return;
  }
  const text = `The migrations or the seed of ${packageName} left connections open:\n- ${lines.join('\n- ')}`;
  throw new TemplateError(`${text}\nClose every pool and client before their promise resolves.`);
}
