import { cpSync, type Dirent, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Makes a folder look like another one, for tools that run in a copy of a workspace. Folders are linked. Files are copied,
 * since Vite takes a configuration for what lies at its real path; so are generators, whose imports Biome follows, and
 * crashes on a link that leads out of the copy.
 * @param to a folder that is there.
 */
export function linkEntries(from: string, to: string, leaveOut: (entry: Dirent) => boolean): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (leaveOut(entry)) {
      continue;
    }
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isFile() || entry.name === 'generators') {
      cpSync(source, target, { recursive: true });
    } else {
      symlinkSync(source, target);
    }
  }
}
