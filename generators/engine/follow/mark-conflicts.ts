import type { MergeConflict } from '../merge/merge-trees.ts';
import type { TreeFile } from '../merge/tree.ts';
import { gitOutput } from './git.ts';

/**
 * Enters conflicts in git's index, so that `git status`, `git mergetool` and editors show them: the file as it was
 * generated, as its owner has it, and as the template makes it. Where there is no git, or it ignores the file, the markers
 * in the files say it alone.
 */
export function markConflicts(root: string, conflicts: readonly MergeConflict[]): void {
  const lines = conflicts.flatMap(({ path, base, ours, theirs }) => {
    const isIgnored = gitOutput(root, ['check-ignore', '--quiet', '--', path]) !== undefined;
    if (isIgnored) {
      return [];
    }
    const stages = [base, ours, theirs].flatMap((file, index) => entryOf(root, path, file, index + 1));
    return stages.length === 0 ? [] : [`0 ${'0'.repeat(40)}\t${path}\0`, ...stages];
  });
  if (lines.length > 0) {
    gitOutput(root, ['update-index', '-z', '--index-info'], lines.join(''));
  }
}

function entryOf(root: string, path: string, file: TreeFile | undefined, stage: number): readonly string[] {
  const id = file && gitOutput(root, ['hash-object', '-w', '--stdin', '--no-filters'], file.content);
  const prefix = gitOutput(root, ['rev-parse', '--show-prefix'])?.toString('utf8').trim() ?? '';
  return id === undefined ? [] : [`${file?.mode} ${id.toString('utf8').trim()} ${stage}\t${prefix}${path}\0`];
}
