import type { Tree } from '../merge/tree.ts';
import type { Planned } from '../plan/planned.ts';
import { within } from '../plan/within.ts';

/** The folder as it is, and as it is going to be. */
interface Change {
  /** Relative to the workspace; `.` is the root. */
  readonly folder: string;
  readonly to: string;
  readonly present: Tree;
  readonly result: Tree;
  /** Files that have another path in the result: the old one → the new one. */
  readonly renames: ReadonlyMap<string, string>;
}

/** The fates of the files that bring a folder from what it is to what it is going to be. */
export function plannedChanges({ folder, to, present, result, renames }: Change): readonly Planned[] {
  const from = (path: string) => within(folder, path);
  const at = (path: string) => within(to, path);
  const origins = new Map(folder === to ? [] : [...present.keys()].map((path) => [path, path]));
  for (const [old, path] of renames) {
    if (present.has(old) && !result.has(old) && !present.has(path)) {
      origins.set(path, old);
    }
  }
  const moved = new Set<string>();
  const written = [...result].flatMap(([path, file]): Planned[] => {
    const origin = origins.get(path);
    const before = present.get(origin ?? path);
    if (origin !== undefined && before !== undefined) {
      moved.add(origin);
      return [{ path: at(path), fate: 'move', from: from(origin), before: before.content, after: file.content }];
    }
    if (before === undefined) {
      return [{ path: at(path), fate: 'create', before: undefined, after: file.content }];
    }
    const isSame = before.content.equals(file.content) && before.mode === file.mode;
    return isSame ? [] : [{ path: at(path), fate: 'edit', before: before.content, after: file.content }];
  });
  const gone = [...present].flatMap(([path, file]): Planned[] => {
    const isGone = !moved.has(path) && (folder !== to || !result.has(path));
    return isGone ? [{ path: from(path), fate: 'remove', before: file.content, after: undefined }] : [];
  });
  return [...written, ...gone];
}
