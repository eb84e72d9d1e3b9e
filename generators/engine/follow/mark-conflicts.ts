import { gitNames, gitOutput, prefixInRepository } from '../git.ts';
import type { MergeConflict } from '../merge/merge-trees.ts';
import type { TreeFile } from '../merge/tree.ts';

/**
 * Enters conflicts in git's index, so that `git status`, `git mergetool` and editors show them: the file as it was
 * generated, as its owner has it, and as the template makes it. Where there is no git, or it ignores the file, the markers
 * in the files say it alone.
 */
export function markConflicts(root: string, conflicts: readonly MergeConflict[]): void {
  const prefix = conflicts.length === 0 ? '' : prefixInRepository(root);
  const lines = conflicts.flatMap(({ path, base, ours, theirs }) => {
    const isIgnored = gitOutput(root, ['check-ignore', '--quiet', '--', path]) !== undefined;
    if (isIgnored) {
      return [];
    }
    const stages = [base, ours, theirs].flatMap((file, index) => entryOf(root, prefix + path, file, index + 1));
    return stages.length === 0 ? [] : [`${withoutEntry(prefix + path)}\0`, ...stages];
  });
  if (lines.length > 0) {
    gitOutput(root, ['update-index', '-z', '--index-info'], lines.join(''));
  }
}

/** Takes conflicts out of git's index again: it has the files as they were committed. */
export function unmarkConflicts(root: string, paths: readonly string[]): void {
  if (paths.length === 0) {
    return;
  }
  const prefix = prefixInRepository(root);
  const all = new Set(gitNames(root, ['diff', '--name-only', '--diff-filter=U', '-z']));
  const unmerged = paths.map((path) => prefix + path).filter((path) => all.has(path));
  if (unmerged.length > 0) {
    const committed = gitNames(root, ['ls-tree', '-z', '--full-tree', 'HEAD', '--', ...unmerged]) ?? [];
    const entries = [...unmerged.map(withoutEntry), ...committed];
    gitOutput(root, ['update-index', '-z', '--index-info'], entries.map((entry) => `${entry}\0`).join(''));
  }
}

/** The line by which git forgets every stage of a path. */
function withoutEntry(path: string): string {
  return `0 ${'0'.repeat(40)}\t${path}`;
}

function entryOf(root: string, path: string, file: TreeFile | undefined, stage: number): readonly string[] {
  const id = file && gitOutput(root, ['hash-object', '-w', '--stdin', '--no-filters'], file.content);
  return id === undefined ? [] : [`${file?.mode} ${id.toString('utf8').trim()} ${stage}\t${path}\0`];
}
