import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../engine/copy/files-below.ts';
import { followedByGit } from '../engine/git.ts';
import { statusOf } from '../engine/plan/confine.ts';
import type { Planned } from '../engine/plan/planned.ts';

/** Files that tools write: the package manager and the generators name the package anew there. */
const WRITTEN_BY_TOOLS =
  /(^|\/)(package-lock\.json|pnpm-lock\.yaml|yarn\.lock|bun\.lockb?|\.splitlevel\/.*|CHANGELOG\.md)$/;

/**
 * The edits of files outside of a folder that a rewriting changes.
 * @param rewrite from a path and a text to the text as it is to be.
 */
export function mentioningFiles(
  root: string,
  folder: string,
  rewrite: (path: string, text: string) => string,
): readonly Planned[] {
  return outside(root, folder).flatMap((path): Planned[] => {
    const file = join(root, path);
    if (WRITTEN_BY_TOOLS.test(path) || statusOf(file)?.isFile() !== true) {
      return [];
    }
    const before = readFileSync(file);
    const text = before.toString('utf8');
    if (before.includes(0) || !Buffer.from(text).equals(before)) {
      return [];
    }
    const after = rewrite(path, text);
    return after === text ? [] : [{ path, fate: 'edit', before, after: Buffer.from(after) }];
  });
}

/** What git follows, or would. */
function outside(root: string, folder: string): readonly string[] {
  const paths = followedByGit(root) ?? [...filesBelow(root).keys()];
  return [...new Set(paths)]
    .filter((path) => !path.startsWith(`${folder}/`) && !/^\.(git|nx|vitest)\//.test(path))
    .toSorted();
}
