import { join } from 'node:path';
import { gitNames } from '../git.ts';

/**
 * Whether the repository's history has a file of a folder: somebody else may then have it. Where there is no git, every
 * file counts as committed.
 */
export function committedIn(root: string, folder: string): (path: string) => boolean {
  let names: ReadonlySet<string> | undefined;
  let isKnown = false;
  return (path) => {
    if (!isKnown) {
      isKnown = true;
      const inside = gitNames(join(root, folder), ['rev-parse', '--is-inside-work-tree']);
      const listed = gitNames(join(root, folder), ['ls-tree', '-r', '-z', '--name-only', 'HEAD', '.']);
      // A repository without a commit has none.
      names = inside === undefined ? undefined : new Set(listed ?? []);
    }
    return names?.has(path) ?? true;
  };
}
