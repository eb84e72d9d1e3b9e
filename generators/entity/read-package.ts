import { readdirSync } from 'node:fs';
import { locate } from '../engine/confine.ts';
import { diskOf } from '../engine/disk.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { pluralOf, spell } from '../engine/names.ts';
import { type AdditionRecord, parseRecord, RECORD_FILE } from '../engine/record.ts';
import { memberNamed } from '../engine/structures/members.ts';
import { interfaceBody } from '../engine/structures/places.ts';
import { findNode, parseTypeScript, type Syntax, type SyntaxNode } from '../engine/structures/syntax.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Database } from './databases/database.ts';
import { databases } from './databases/databases.ts';
import { nextMigration } from './next-migration.ts';

/** What the model needs to know of the service to which it adds. */
export interface TargetService {
  /** Relative to the workspace. */
  readonly folder: string;
  readonly database: Database;
  /** What the name of the migration begins with. */
  readonly number: string;
  readonly hasReadme: boolean;
}

/** What the files of an entity use, beside those that are edited. */
const USED = ['src/errors.ts', 'src/http-server.ts', 'integration/call.ts', 'integration/fixtures.ts'];

/**
 * Looks at the service to which an entity is to be added.
 * @throws Failure (conflict) when it has no database that is known here, or something of the entity's name from elsewhere.
 */
export function readService(name: string, entity: string, { root, projects }: Workspace): TargetService {
  const folder = projects.get(name) ?? `packages/${name}`;
  const disk = diskOf(root);
  const read = (path: string) => disk.read(`${folder}/${path}`)?.toString('utf8');
  const record = parseRecord(read(RECORD_FILE) ?? '');
  const own = record?.additions?.find(({ generator, answers }) => generator === 'entity' && answers.name === entity);
  const text = read('src/database.ts');
  if (text === undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} has no src/database.ts, where a service with a database has its tables`,
      'Give a service that has a database; where the file was moved, put it back while you add.',
    );
  }
  const syntax = parseTypeScript(`${folder}/src/database.ts`, text);
  const database = databaseOf(syntax, folder);
  const missing = USED.find((path) => !disk.exists(`${folder}/${path}`));
  if (missing !== undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} has no ${missing}, which the files of an entity use`,
      'Give a package that npx plop service made; where the file was moved, put it back while you add.',
    );
  }
  const list = (path: string) => codeIn(locate(root, `${folder}/${path}`));
  const migrations = list('migrations');
  if (own === undefined) {
    const found = { ...nameSearch(entity), texts: (path: string) => list(path).map((each) => `${path}/${each}`) };
    refuseOther(folder, syntax, text, found, read);
  }
  const number = numberIn(own) ?? nextMigration(`${folder}/migrations`, migrations);
  return { folder, database, number, hasReadme: disk.exists(`${folder}/README.md`) };
}

/** The number that an entity's migration was given when it was added. */
function numberIn(own: AdditionRecord | undefined): string | undefined {
  return Object.keys(own?.files ?? {})
    .map((path) => /^migrations\/(\d+)-/.exec(path)?.[1])
    .find((number) => number !== undefined);
}

function databaseOf({ statements }: Syntax, folder: string): Database {
  const uses = (name: string) =>
    findNode(statements, (node): node is SyntaxNode => node.type === 'Identifier' && node.name === name) !== undefined;
  const found = databases.find(({ dialect }) => uses(dialect));
  if (found === undefined) {
    const dialects = databases.map(({ dialect }) => dialect).join(' or ');
    throw new Failure(
      EXIT.conflict,
      `${folder}/src/database.ts has no ${dialects}, by which its database is known`,
      'Add the table by hand.',
    );
  }
  return found;
}

interface NameSearch {
  readonly table: string;
  readonly path: string;
  /** The paths of the code in a folder. */
  texts(folder: string): readonly string[];
}

function nameSearch(entity: string): Omit<NameSearch, 'texts'> {
  const { snake, kebab } = spell(pluralOf(entity));
  return { table: snake, path: kebab };
}

function refuseOther(
  folder: string,
  { statements }: Syntax,
  source: string,
  { table, path, texts }: NameSearch,
  read: (path: string) => string | undefined,
): void {
  const refuse = (what: string, where: string) => {
    const remedy = 'Choose another name, or add to that one by hand.';
    throw new Failure(EXIT.conflict, `${folder} has ${what} already: ${where}`, remedy);
  };
  const schema = interfaceBody('Schema')(statements);
  if (schema && memberNamed(schema, table, source)) refuse(`a table ${table}`, 'src/database.ts');
  const search = (pattern: RegExp, where: string) => texts(where).find((each) => pattern.test(read(each) ?? ''));
  const migration = search(new RegExp(`createTable\\(\\s*['"\`]${table}['"\`]`), 'migrations');
  if (migration !== undefined) refuse(`a migration that creates a table ${table}`, migration);
  const route = search(new RegExp(`['"\`]/${path}(/:\\w+)?/?['"\`]`), 'src/routes');
  if (route !== undefined) refuse(`a route /${path}`, route);
}

/** The names of the code in a folder, as Kysely's FileMigrationProvider takes them. */
function codeIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /(?<!\.d)\.[mc]?[jt]s$/.test(name));
  } catch {
    return [];
  }
}
