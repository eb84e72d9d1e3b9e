import { spawnSync } from 'node:child_process';
import { lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LastRun } from '../engine/last-run/last-run.ts';
import { locate } from '../engine/plan/confine.ts';

/** Folders that tools make and make again. */
const DERIVED = ['node_modules', '.nx', '.vitest', 'coverage'];

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
  const { stdout } = spawnSync('git', ['check-ignore', '-z', '--stdin'], {
    cwd: root,
    input: paths.join('\0'),
    encoding: 'utf8',
  });
  return (stdout ?? '').split('\0').filter((path) => path !== '');
}

/** Removes what tools left in folders that hold nothing else, and the folders. */
export function removeLeftovers(root: string, folders: readonly string[]): void {
  for (const folder of folders.filter((each) => filesIn(root, each).length === 0)) {
    try {
      removeDerived(locate(root, folder));
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

function entriesOf(folder: string) {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
}

function removeDerived(folder: string): void {
  for (const { name } of entriesOf(folder)) {
    if (DERIVED.includes(name)) {
      rmSync(join(folder, name), { recursive: true, force: true });
    } else {
      removeDerived(join(folder, name));
    }
  }
  if (lstatSync(folder, { throwIfNoEntry: false }) !== undefined) {
    rmdirSync(folder);
  }
}
