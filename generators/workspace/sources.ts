import { posix } from 'node:path';
import { EXIT, Failure } from '../engine/failure.ts';
import { TOOLS } from './tools.ts';
import { type KeptFile, readKept } from './tracked.ts';

/** Files that a new repository has as they are here. Not `.env`, where a team may keep what is nobody else's. */
const ROOT_FILES = [
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

export type Forge = keyof typeof FORGE_FILES;

/** What the root has of other forges than this one, as commands name it. */
export function otherForges(forge: Forge): readonly string[] {
  return forge === 'github' ? ['.gitlab-ci.yml'] : ['.github'];
}

/** The files that a new repository is made from: those that this one keeps, and nothing else that lies in its folders. */
export interface Sources {
  /** Files that it has as they are here. */
  readonly files: readonly KeptFile[];
  /** Files that would go along, or go along otherwise, if they were committed. */
  readonly uncommitted: readonly string[];
  /**
   * A file that others are made from.
   * @throws Failure when it is not there.
   */
  needed(path: string): Buffer;
  /** The files of a folder. */
  below(folder: string): readonly KeptFile[];
}

/** Where a new repository has the licence of what it was made from; its own is its owner's matter. */
export const LICENCE = 'LICENSE.splitlevel';

/**
 * Reads what this repository gives to a new one. The tests of the tools' own insides stay behind: they prove the standard,
 * not the repository that uses it.
 * @param scratch a private folder
 * @throws Failure when it has no CI for the forge, as one that was made for another, or a symlink leads out of what goes along.
 */
export function readSources(root: string, forge: Forge, scratch: string): Sources {
  const tools = TOOLS.map((tool) => `packages/${tool}`);
  const given = [...ROOT_FILES, FORGE_FILES[forge], 'generators', 'templates', ...tools];
  const onlyRead = ['package.json', 'package-lock.json', LICENCE, 'LICENSE'];
  const kept = readKept(root, [...given, ...onlyRead], scratch);
  const byPath = new Map(kept.files.map((file) => [file.path, file]));
  const files = kept.files.filter(({ path }) => !onlyRead.includes(path) && !isToolsTest(path));
  refuseStrayLinks(files);
  const sources: Sources = {
    files,
    uncommitted: kept.uncommitted.filter((path) => !isToolsTest(path)),
    below: (folder) => files.filter(({ path }) => path.startsWith(`${folder}/`)),
    needed(path) {
      const file = byPath.get(path);
      if (file !== undefined) return file.content;
      throw new Failure(
        EXIT.failed,
        `${path} is not there, and a new repository is made from it`,
        'Restore it, commit it and run again.',
      );
    },
  };
  sources.needed(FORGE_FILES[forge]);
  return sources;
}

/** What a tool's package has to say about its licence goes along. */
export function licenceOf(sources: Sources): Buffer {
  try {
    return sources.needed(LICENCE);
  } catch {
    return sources.needed('LICENSE');
  }
}

/** Tests of the tools, and what a test of Splitlevel compares. */
const isToolsTest = (path: string) => /^packages\/[^/]+\/(?:integration\/|api\.txt$)/.test(path);

function refuseStrayLinks(files: readonly KeptFile[]): void {
  for (const { path, kind, content } of files) {
    if (kind !== 'link') continue;
    const target = content.toString('utf8');
    const place = posix.normalize(posix.join(posix.dirname(path), target));
    const goesAlong = files.some((file) => file.path === place || file.path.startsWith(`${place}/`));
    if (posix.isAbsolute(target) || !goesAlong) {
      throw new Failure(
        EXIT.failed,
        `${path} is a symlink to ${target}, which does not go along`,
        'Put the file itself there, or let the symlink lead to one that goes along.',
      );
    }
  }
}
