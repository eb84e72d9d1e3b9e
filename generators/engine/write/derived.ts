import { type Dirent, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** Folders that tools make, and make again. */
export const DERIVED: readonly string[] = ['node_modules', '.nx', '.vitest', 'coverage'];

/** What is in a folder; nothing where there is none, or a symlink. */
export function entriesOf(folder: string): readonly Dirent[] {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { withFileTypes: true })
    : [];
}

/**
 * Removes derived folders below a folder, the folders that are empty then, and the folder itself if it is one of them.
 * @param derived the names of derived folders.
 */
export function removeDerived(folder: string, derived: readonly string[]): void {
  for (const entry of entriesOf(folder)) {
    if (derived.includes(entry.name)) {
      rmSync(join(folder, entry.name), { recursive: true, force: true });
    } else if (entry.isDirectory()) {
      removeDerived(join(folder, entry.name), derived);
    }
  }
  try {
    rmdirSync(folder);
  } catch {
    // It is gone already, or something that stays is in it.
  }
}
