import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure } from '../engine/failure.ts';
import { withLf } from '../engine/line-ends.ts';

/** The tools that every repository has. */
export const TOOLS = ['testkit', 'standard', 'ci'];

/** Files that a new repository has as they are here. */
const ROOT_FILES = [
  '.env',
  '.gitattributes',
  '.gitignore',
  'biome.json',
  'images.json',
  'nx.json',
  'plopfile.ts',
  'tsconfig.json',
  'vitest.config.ts',
];
const FORGE_FILES = { github: '.github/workflows/ci.yml', gitlab: '.gitlab-ci.yml' };
const SKIPPED = /^(node_modules|coverage|dist)$|\.log$/;

export type Forge = keyof typeof FORGE_FILES;

/** What the root has of other forges than this one, as commands name it. */
export function otherForges(forge: Forge): readonly string[] {
  return forge === 'github' ? ['.gitlab-ci.yml'] : ['.github'];
}

/** A file of this repository. */
export interface SourceFile {
  /** Relative to the workspace, with slashes. */
  readonly path: string;
  readonly content: Buffer;
  readonly executable: boolean;
}

/**
 * Reads what this repository gives to a new one. The tests of the tools' own insides stay behind: they prove the standard,
 * not the repository that uses it.
 * @throws Failure when it has no CI for the forge, as one that was made for another.
 */
export function readSources(root: string, forge: Forge): readonly SourceFile[] {
  readNeeded(root, FORGE_FILES[forge]);
  const tools = TOOLS.map((tool) => `packages/${tool}`).filter((folder) => existsSync(join(root, folder)));
  const wanted = [...ROOT_FILES, FORGE_FILES[forge], 'generators', 'templates', ...tools];
  const paths = wanted
    .flatMap((path) => filesIn(root, path))
    .filter((path) => !/^packages\/[^/]+\/integration\//.test(path));
  return paths.map((path) => {
    const file = join(root, path);
    return { path, content: withLf(readFileSync(file)), executable: (statSync(file).mode & 0o100) !== 0 };
  });
}

/** The text of a file of the workspace that a new repository cannot be made without. */
export function readNeeded(root: string, path: string): string {
  const file = join(root, path);
  if (!existsSync(file)) {
    throw new Failure(
      EXIT.failed,
      `${path} is not there, and a new repository is made from it`,
      'Restore it and run again.',
    );
  }
  return readFileSync(file, 'utf8');
}

/** What a tool's package has to say about its licence goes along. */
export function readLicence(root: string): string {
  return readNeeded(root, existsSync(join(root, LICENCE)) ? LICENCE : 'LICENSE');
}

/** Where a new repository has the licence of what it was made from; its own is its owner's matter. */
export const LICENCE = 'LICENSE.splitlevel';

function filesIn(root: string, path: string): readonly string[] {
  const status = statSync(join(root, path), { throwIfNoEntry: false });
  if (status?.isFile()) return [path];
  if (!status?.isDirectory()) return [];
  return readdirSync(join(root, path))
    .filter((name) => !SKIPPED.test(name))
    .toSorted()
    .flatMap((name) => filesIn(root, `${path}/${name}`));
}
