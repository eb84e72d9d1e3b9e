import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** What tools make again. */
const MADE_AGAIN = ['node_modules', '.vitest', '.nx', 'coverage', 'dist'];

/** Removes what tools left in a folder whose files have gone, and then the folder, unless something is in it still. */
export function removeLeftovers(root: string, folder: string): void {
  for (const name of MADE_AGAIN) {
    rmSync(join(root, folder, name), { recursive: true, force: true });
  }
  try {
    if (readdirSync(join(root, folder)).length === 0) {
      rmdirSync(join(root, folder));
    }
  } catch {
    // It is gone already, or a file of the owner's that git ignores keeps it.
  }
}
