import { EXIT, Failure } from '../failure.ts';
import { gitNames, prefixInRepository } from '../git.ts';
import { isChange, type Planned } from '../plan/planned.ts';

/**
 * Refuses to change folders in which conflicts of an earlier merge are left: they would be taken for the owner's text.
 * @param folders relative to the workspace; of the root itself nothing is asked.
 * @throws {Failure} (conflict) that names the files.
 */
export function refuseUnmerged(root: string, folders: readonly string[]): void {
  const inside = folders.filter((folder) => folder !== '.').map((folder) => `:(literal)${folder}`);
  const unmerged =
    inside.length === 0
      ? []
      : (gitNames(root, ['diff', '--name-only', '--relative', '--diff-filter=U', '-z', '--', ...inside]) ?? []);
  if (unmerged.length > 0) {
    throw new Failure(
      EXIT.conflict,
      `Nothing was written, because these files have conflicts that are not resolved: ${unmerged.join(', ')}`,
      'Resolve each in your editor or by git mergetool, git add the file, and run the command again.',
    );
  }
}

/**
 * Refuses to change files whose present content is nowhere else: edited since the last commit, or in none, and not as they
 * were generated. Where there is no git, nothing can be told.
 * @param forced paths that may be changed all the same.
 * @param isGenerated whether a file is as a generator made it.
 * @throws {Failure} (conflict) that names them.
 */
export function refuseDirty(
  root: string,
  planned: readonly Planned[],
  forced: readonly string[],
  isGenerated: (path: string) => boolean,
): void {
  const touched = new Set(
    planned.filter(isChange).flatMap(({ path, from, before }) => (before === undefined ? [] : [from ?? path])),
  );
  const status =
    // Of an ignored folder its name alone: node_modules has tens of thousands of files.
    gitNames(root, ['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames', '--ignored=matching']) ??
    [];
  const prefix = prefixInRepository(root);
  const dirty = status
    .map((line) => line.slice(3))
    .map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path))
    .flatMap((path) => (path.endsWith('/') ? [...touched].filter((each) => each.startsWith(path)) : path))
    .filter((path) => touched.has(path) && !forced.includes(path) && !isGenerated(path));
  if (dirty.length > 0) {
    const shown = dirty.toSorted();
    throw new Failure(
      EXIT.conflict,
      `Nothing was written, because these files have changes that are not committed: ${shown.join(', ')}`,
      `Commit or stash them, or name them: ${shown.map((path) => `--force-dirty ${path}`).join(' ')}`,
    );
  }
}
