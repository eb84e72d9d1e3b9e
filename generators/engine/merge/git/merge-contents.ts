import type { ObjectStore } from './object-store.ts';
import { runGit } from './run-git.ts';

/** The lines of a file that both sides changed, or that both added. */
export interface Contents {
  readonly base: string | undefined;
  readonly ours: string;
  readonly theirs: string;
}

export interface MergedContents {
  readonly lines: string;
  /** Whether the lines have conflict markers. */
  readonly isConflict: boolean;
}

/** What stands behind the conflict markers. */
export interface Labels {
  readonly ours: string;
  readonly base: string;
  readonly theirs: string;
}

/**
 * Merges files, all in one run of `git merge-tree` on three commits. Git sees numbers for names: which file is which was
 * decided before, and no name, however odd, can disturb it.
 * @param files of Latin-1 with LF.
 * @returns as many.
 */
export function mergeContents(
  store: ObjectStore,
  files: readonly Contents[],
  labels: Labels,
): readonly MergedContents[] {
  const names = files.map((_, index) => String(index).padStart(8, '0'));
  const treeOf = (side: keyof Contents) =>
    store.addTree(
      files.flatMap((file, index) => {
        const lines = file[side];
        return lines === undefined ? [] : [[names[index] ?? '', Buffer.from(lines, 'latin1')] as const];
      }),
    );
  const base = store.addCommit(treeOf('base'));
  const [ours, theirs] = [store.addCommit(treeOf('ours'), base), store.addCommit(treeOf('theirs'), base)];
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs];
  const [tree = '', ...listed] = runGit(store, args, [0, 1]).toString('utf8').split('\0');
  const conflicts = new Set(listed);
  const merged = store.readTree(tree);
  const label = labelling([
    ['<', ours, labels.ours],
    ['|', base, labels.base],
    ['>', theirs, labels.theirs],
  ]);
  return names.map((name) => {
    const lines = merged.get(name)?.toString('latin1') ?? '';
    return conflicts.has(name) ? { lines: label(lines), isConflict: true } : { lines, isConflict: false };
  });
}

/** Replaces the ids of commits behind conflict markers. A file cannot hold the id of a commit that holds the file. */
function labelling(rows: readonly (readonly [marker: string, commit: string, label: string])[]) {
  return (lines: string) =>
    rows.reduce(
      (text, [marker, commit, label]) =>
        text.replaceAll(
          `${marker.repeat(7)} ${commit}`,
          () => `${marker.repeat(7)} ${Buffer.from(label, 'utf8').toString('latin1')}`,
        ),
      lines,
    );
}
