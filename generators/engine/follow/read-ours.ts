import { lstatSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow } from '../copy/files-below.ts';
import { followedByGit } from '../git.ts';
import type { Tree, TreeFile } from '../merge/tree.ts';
import { locate } from '../plan/confine.ts';
import { isOfRecord } from '../record/run-record.ts';

/**
 * The files of a folder as their owner has them: those that git follows or would, and those in the given places, even if
 * git ignores them. What belongs to another repository inside is left out.
 * @param folder relative to the workspace; `.` is the root, of which the given places alone are read.
 * @param places paths in the folder.
 */
export function readOurs(root: string, folder: string, places: Iterable<string>): Tree {
  const listed = folder === '.' ? [] : ownFiles(root, folder);
  const paths = [...new Set([...listed, ...places])].filter((path) => !isOfRecord(path)).toSorted();
  const tree = new Map<string, TreeFile>();
  for (const path of paths) {
    const file = readFile(locate(root, folder === '.' ? path : `${folder}/${path}`));
    if (file !== undefined) {
      tree.set(path, file);
    }
  }
  return tree;
}

/** The paths of the same files; some may be gone. */
export function ownFiles(root: string, folder: string): readonly string[] {
  return (
    followedByGit(join(root, folder)) ??
    [...filesBelow(join(root, folder)).keys()].filter((path) => !/^(dist|coverage|\.vitest|\.nx)\//.test(path))
  );
}

function readFile(path: string): TreeFile | undefined {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status?.isSymbolicLink()) {
    return { content: Buffer.from(readlinkSync(path)), mode: '120000' };
  }
  return status?.isFile()
    ? { content: readFileSync(path), mode: (status.mode & 0o111) === 0 ? '100644' : '100755' }
    : undefined;
}
