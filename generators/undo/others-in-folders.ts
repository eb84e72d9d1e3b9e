import { join } from 'node:path';
import { gitNames } from '../engine/git.ts';
import type { LastRun } from '../engine/last-run/last-run.ts';
import { locate } from '../engine/plan/confine.ts';
import { DERIVED, entriesOf, removeDerived } from '../engine/write/derived.ts';

/** What is in the folders that a run made, but not of the run. What tools derive is not looked at. */
export function addedSince(root: string, { files, folders }: LastRun): readonly string[] {
  const known = new Set(files.map(({ path }) => path));
  return folders.flatMap((folder) => filesIn(root, folder)).filter((path) => !known.has(path));
}

/** Those of the paths that git ignores; none where there is no git. */
export function ignoredBy(root: string, paths: readonly string[]): readonly string[] {
  if (paths.length === 0) {
    return [];
  }
  return gitNames(root, ['check-ignore', '-z', '--stdin'], paths.join('\0')) ?? [];
}

/** Removes what tools left in folders that hold nothing else, and the folders. */
export function removeLeftovers(root: string, folders: readonly string[]): void {
  for (const folder of folders.filter((each) => filesIn(root, each).length === 0)) {
    try {
      removeDerived(locate(root, folder), DERIVED);
    } catch {
      // The run is undone; what tools derived is in nobody's way but a generator's, which says so.
    }
  }
}

/** Files, symlinks and whatever else is not a folder. */
function filesIn(root: string, folder: string): readonly string[] {
  return entriesOf(join(root, folder))
    .filter(({ name }) => !DERIVED.includes(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesIn(root, path) : [path];
    });
}
