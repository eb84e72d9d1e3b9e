import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathsBelow } from '../copy/files-below.ts';
import { foldersOf } from '../pack.ts';
import { withLf } from '../write/line-ends.ts';

const known = new Map<string, string>();

/**
 * The hash of all generators and templates that a workspace uses: the pack's, and its own. Two runs with one hash make the
 * same from the same answers. Read once a process.
 * @returns sixteen hexadecimal digits.
 */
export function templatesHash(root: string): string {
  const hash = known.get(root) ?? computeHash(root);
  known.set(root, hash);
  return hash;
}

/** Lets a copy of a workspace have the hash of the workspace itself. */
export function shareTemplatesHash(root: string, copy: string): void {
  known.set(copy, templatesHash(root));
}

function computeHash(root: string): string {
  const hash = createHash('sha256');
  for (const part of ['generators', 'templates']) {
    for (const folder of foldersOf(root, part)) {
      for (const path of filesIn(folder)) {
        hash
          .update(`${part}/${path}\0`)
          .update(withLf(readFileSync(join(folder, path))))
          .update('\0');
      }
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function filesIn(folder: string): readonly string[] {
  // What lies beside the folders of generators and templates is none of them.
  return pathsBelow(folder, (entry) => !entry.name.endsWith('.test.ts')).filter((path) => path.includes('/'));
}
