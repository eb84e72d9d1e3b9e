import { readFileSync } from 'node:fs';
import { confine, locate, statusOf } from './confine.ts';
import type { Disk } from './plan.ts';

/** The workspace's disk as the plan asks of it. What is not a plain file, a symlink for example, is read as nothing. */
export function diskOf(root: string): Disk {
  return {
    exists: (path) => statusOf(confine(root, path)) !== undefined,
    read: (path) => {
      const file = locate(root, path);
      return statusOf(file)?.isFile() ? readFileSync(file) : undefined;
    },
  };
}
