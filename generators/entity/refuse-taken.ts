import { pluralOf, spell } from '../engine/answers/names.ts';
import { memberNamed } from '../engine/edit/members.ts';
import { interfaceBody } from '../engine/edit/places.ts';
import type { Syntax } from '../engine/edit/syntax.ts';
import { EXIT, Failure } from '../engine/failure.ts';

/** A file of the service. */
export interface SourceFile {
  /** In the service. */
  readonly path: string;
  readonly text: string;
}

/**
 * Refuses an entity of whose name the service has something from elsewhere.
 * @param folder of the service.
 * @param schema src/database.ts, with its syntax.
 * @throws {Failure} (conflict) that says what it has, and where.
 */
export function refuseTaken(
  folder: string,
  entity: string,
  schema: SourceFile & { readonly syntax: Syntax },
  migrations: readonly SourceFile[],
  routes: readonly SourceFile[],
): void {
  const { snake: table, kebab: path } = spell(pluralOf(entity));
  const refuse = (what: string, where: string) => {
    const remedy = 'Choose another name, or add to that one by hand.';
    throw new Failure(EXIT.conflict, `${folder} has ${what} already: ${where}`, remedy);
  };
  const tables = interfaceBody('Schema')(schema.syntax.statements);
  if (tables && memberNamed(tables, table, schema.text)) {
    refuse(`a table ${table}`, schema.path);
  }
  const creates = new RegExp(`createTable\\(\\s*['"\`]${table}['"\`]`);
  const migration = migrations.find(({ text }) => creates.test(text));
  if (migration !== undefined) {
    refuse(`a migration that creates a table ${table}`, migration.path);
  }
  const answers = new RegExp(`['"\`]/${path}(/:\\w+)?/?['"\`]`);
  const route = routes.find(({ text }) => answers.test(text));
  if (route !== undefined) {
    refuse(`a route /${path}`, route.path);
  }
}
