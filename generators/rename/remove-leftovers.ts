import { join } from 'node:path';
import type { Planned } from '../engine/plan/planned.ts';
import { DERIVED, entriesOf, removeDerived } from '../engine/write/derived.ts';

/** What tools make again. */
const MADE_AGAIN = [...DERIVED, 'dist'];

/** Notes on what stays in a folder whose files go: what git ignores is its owner's alone, and a secret may be in it. */
export function noteLeftovers(root: string, folder: string, planned: readonly Planned[]): readonly string[] {
  const gone = planned.flatMap(({ path, from, fate }) =>
    from === undefined && fate !== 'remove' ? [] : [from ?? path],
  );
  return leftIn(root, folder, new Set(gone)).map((path) => `${path} stays: git does not follow it.`);
}

/** Removes what tools left in a folder whose files have gone, and then the folder, unless something is in it still. */
export function removeLeftovers(root: string, folder: string): void {
  removeDerived(join(root, folder), MADE_AGAIN);
}

/** Paths of files, and of folders of which nothing goes. */
function leftIn(root: string, folder: string, gone: ReadonlySet<string>): readonly string[] {
  return entriesOf(join(root, folder))
    .filter(({ name }) => !MADE_AGAIN.includes(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) {
        return gone.has(path) ? [] : [path];
      }
      return gone.values().some((each) => each.startsWith(`${path}/`)) ? leftIn(root, path, gone) : [`${path}/`];
    });
}
