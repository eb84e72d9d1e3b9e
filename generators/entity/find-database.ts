import { findNode, parseTypeScript, type Syntax, type SyntaxNode } from '../engine/edit/syntax.ts';
import { Failure } from '../engine/failure.ts';
import { diskOf } from '../engine/plan/disk.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Database } from './databases/database.ts';
import { databases } from './databases/databases.ts';

/** The database of a src/database.ts, by the class of Kysely that it uses; undefined where it uses none that is known. */
export function databaseIn({ statements }: Syntax): Database | undefined {
  const uses = (name: string) =>
    findNode(statements, (node): node is SyntaxNode => node.type === 'Identifier' && node.name === name) !== undefined;
  return databases.find(({ dialect }) => uses(dialect));
}

/** Whether the package in this folder keeps its state in a database to which tables can be added. */
export function hasDatabase(folder: string, { root }: Workspace): boolean {
  return databaseOfPackage(folder, root) !== undefined;
}

/** The databases whose types the fields of a package may have: that of the package, or all where it is not known yet. */
export function databasesOf(name: unknown, { root, projects }: Workspace): readonly Database[] {
  const folder = typeof name === 'string' ? projects.get(name) : undefined;
  const found = folder === undefined ? undefined : databaseOfPackage(folder, root);
  return found === undefined ? databases : [found];
}

function databaseOfPackage(folder: string, root: string): Database | undefined {
  const path = `${folder}/src/database.ts`;
  const text = diskOf(root).read(path)?.toString('utf8');
  if (text === undefined) {
    return undefined;
  }
  try {
    return databaseIn(parseTypeScript(path, text));
  } catch (error) {
    // What is wrong with the file is told when it is to be edited.
    if (error instanceof Failure) {
      return undefined;
    }
    throw error;
  }
}
