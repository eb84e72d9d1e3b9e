import { readdirSync } from 'node:fs';
import { parseTypeScript, type Syntax } from '../engine/edit/syntax.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { locate } from '../engine/plan/confine.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { readRuns } from '../engine/record/read-record.ts';
import type { RunRecord } from '../engine/record/run-record.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Database } from './databases/database.ts';
import { databases } from './databases/databases.ts';
import { databaseIn } from './find-database.ts';
import { nextMigration } from './next-migration.ts';
import { refuseTaken } from './refuse-taken.ts';

/** The service to which an entity is added, as the model needs it. */
export interface TargetService {
  /** Relative to the workspace. */
  readonly folder: string;
  readonly database: Database;
  /** The start of the migration's name. */
  readonly number: string;
  readonly hasReadme: boolean;
}

/** Files of the service that the files of an entity use, beside the edited ones. */
const USED = ['src/errors.ts', 'src/http-server.ts', 'integration/call.ts', 'integration/fixtures.ts'];

/**
 * Looks at the service to which an entity is to be added.
 * @throws {Failure} (conflict) when it has no database that is known here, or something of the entity's name from
 * elsewhere.
 */
export function readService(name: string, entity: string, { root, projects }: Workspace): TargetService {
  const folder = projects.get(name) ?? `packages/${name}`;
  const disk = diskOf(root);
  const read = (path: string) => disk.read(`${folder}/${path}`)?.toString('utf8');
  const own = readRuns(folder, disk).find(
    ({ generator, answers }) => generator === 'entity' && answers.name === entity,
  );
  const path = 'src/database.ts';
  const text = read(path);
  if (text === undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} has no ${path}, where a service with a database has its tables`,
      'Give a service that has a database; where the file was moved, put it back while you add.',
    );
  }
  const syntax = parseTypeScript(`${folder}/${path}`, text);
  const database = databaseOf(syntax, `${folder}/${path}`);
  const missing = [...USED, ...database.uses].find((each) => !disk.exists(`${folder}/${each}`));
  if (missing !== undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} has no ${missing}, which the files of an entity use`,
      'Give a package that npx plop service made; where the file was moved, put it back while you add.',
    );
  }
  const filesIn = (below: string) =>
    codeIn(locate(root, `${folder}/${below}`)).map((each) => {
      return { name: each, path: `${below}/${each}`, text: read(`${below}/${each}`) ?? '' };
    });
  const migrations = filesIn('migrations');
  if (own === undefined) {
    refuseTaken(folder, entity, { path, text, syntax }, migrations, filesIn('src/routes'));
  }
  const next = () =>
    nextMigration(
      `${folder}/migrations`,
      migrations.map((each) => each.name),
    );
  return { folder, database, number: numberIn(own) ?? next(), hasReadme: disk.exists(`${folder}/README.md`) };
}

/** The number that an entity's migration was given when it was added. */
function numberIn(own: RunRecord | undefined): string | undefined {
  return [...(own?.files.keys() ?? [])]
    .map((path) => /^migrations\/(\d+)-/.exec(path)?.[1])
    .find((number) => number !== undefined);
}

function databaseOf(syntax: Syntax, path: string): Database {
  const found = databaseIn(syntax);
  if (found === undefined) {
    const dialects = databases.map(({ dialect }) => dialect).join(' or ');
    throw new Failure(
      EXIT.conflict,
      `${path} has no ${dialects}, and tables can be added to no other database`,
      'Add the table by hand.',
    );
  }
  return found;
}

/** The names of the code in a folder, as Kysely's FileMigrationProvider takes them. */
function codeIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /(?<!\.d)\.[mc]?[jt]s$/.test(name));
  } catch {
    return [];
  }
}
