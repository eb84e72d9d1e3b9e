import type { Plan } from '../generator.ts';
import type { MergeConflict } from '../merge/merge-trees.ts';

/** The part of a plan that leaves conflicts to the person; nothing where there are none. */
export function leftOf(conflicts: readonly MergeConflict[]): Pick<Plan, 'left'> {
  if (conflicts.length === 0) {
    return {};
  }
  const count = conflicts.length === 1 ? 'a conflict is' : `${conflicts.length} conflicts are`;
  return {
    left: {
      problem: `${count} left to resolve:`,
      remedy: 'Resolve each in your editor or by git mergetool, then git add the file.',
      conflicts: conflicts.map(({ path, kind, explanation }) => ({ path, kind, explanation })),
    },
  };
}
