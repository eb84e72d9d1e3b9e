import { readFileSync } from 'node:fs';
import { locate, statusOf } from '../plan/confine.ts';
import { type KeptFile, type Present, stateOf } from './last-run.ts';

/** What is at a path of the workspace now. A symlink is not a file. */
export function presentAt(root: string, path: string): Present {
  const target = locate(root, path);
  const status = statusOf(target);
  if (status === undefined) {
    return null;
  }
  return status.isFile() ? stateOf(readFileSync(target), status.mode) : 'not a file';
}

/** A file of the workspace with its bytes and its mode; null where there is none. */
export function keep(root: string, path: string): KeptFile | null {
  const target = locate(root, path);
  const status = statusOf(target);
  if (!status?.isFile()) {
    return null;
  }
  return { content: readFileSync(target).toString('base64'), mode: status.mode & 0o7777 };
}
