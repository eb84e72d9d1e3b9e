import { readdirSync, readFileSync } from 'node:fs';
import { withLf } from '../write/line-ends.ts';
import { confine, locate, statusOf } from './confine.ts';

/** The disk as the plan reads it. */
export interface Disk {
  /** The content of a file of the workspace, or undefined when there is none. */
  read(path: string): Buffer | undefined;
  /** Whether anything at all is at this path. */
  exists(path: string): boolean;
  /** The names in a folder of the workspace, sorted; none where it is not there, or is a symlink. */
  names(folder: string): readonly string[];
}

/**
 * The workspace's disk as the plan asks of it. A symlink, or anything else that is not a plain file, is read as nothing;
 * CRLF is read as LF.
 */
export function diskOf(root: string): Disk {
  return {
    exists: (path) => statusOf(confine(root, path)) !== undefined,
    read: (path) => {
      const file = locate(root, path);
      return statusOf(file)?.isFile() ? withLf(readFileSync(file)) : undefined;
    },
    names: (folder) => {
      const directory = folder === '.' ? root : locate(root, folder);
      return statusOf(directory)?.isDirectory() ? readdirSync(directory).toSorted() : [];
    },
  };
}
