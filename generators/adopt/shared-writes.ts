import { posix } from 'node:path';
import type { Observation } from '@splitlevel/guards/observation';

/** A path of the package that a test file writes, and the file before it that writes there too. */
export interface SharedWrite {
  readonly path: string;
  readonly other: string;
}

/**
 * The test files that write where another one writes. Files of a suite run side by side, so that they would meet there.
 * @param folder of the package, relative to the workspace.
 * @returns by test file; the first of those that share a path is not among them.
 */
export function sharedWrites(folder: string, observations: readonly Observation[]): ReadonlyMap<string, SharedWrite> {
  const writers = new Map<string, string>();
  const shared = new Map<string, SharedWrite>();
  const writes = observations.filter(({ activity }) => activity === 'file');
  for (const { file, tried } of writes.toSorted((left, right) => (left.file < right.file ? -1 : 1))) {
    const path = writtenPath(tried, folder);
    if (path === undefined) {
      continue;
    }
    const other = writers.get(path) ?? file;
    writers.set(path, other);
    if (other !== file && !shared.has(file)) {
      shared.set(file, { path, other });
    }
  }
  return shared;
}

/** The path in 'write to packages/x/test/out/a'; undefined for one outside of the package. */
function writtenPath(tried: string, folder: string): string | undefined {
  // To make a folder that is there already harms nobody.
  const path = tried.startsWith('make ') ? undefined : /^[a-z ]+? (\S+)$/.exec(tried)?.[1];
  if (path === undefined || path.startsWith('/')) {
    return undefined;
  }
  const inside = posix.normalize(path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path);
  return inside.startsWith('../') ? undefined : inside.replace(/\/$/, '');
}
