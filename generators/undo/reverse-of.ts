import { bytesOf, type WrittenFile } from '../engine/last-run/last-run.ts';
import type { Planned } from '../engine/plan/planned.ts';

/**
 * The fate that takes a file back to what it was before a run.
 * @param read the bytes of a file that is there now, as the run left it.
 */
export function reverseOf({ path, from, before, after }: WrittenFile, read: (path: string) => Buffer): Planned {
  if (before === null) {
    return { path, fate: 'remove', before: read(path), after: undefined };
  }
  const was = { after: bytesOf(before), mode: before.mode };
  if (after === null) {
    return { path, fate: 'create', before: undefined, ...was };
  }
  return from === undefined
    ? { path, fate: 'edit', before: read(path), ...was }
    : { path: from, fate: 'move', from: path, before: read(path), ...was };
}
