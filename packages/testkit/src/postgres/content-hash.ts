import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** More files than this are no migrations: somebody gave the wrong folder. */
const FILE_LIMIT = 20_000;

/**
 * Hashes the names and bytes of all files below folders; a folder that is absent is empty.
 * @param skip names of files and folders that are left out.
 */
export async function contentHash(folders: readonly string[], skip: (name: string) => boolean): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = (await filesBelow(folder, skip)).sort();
    if (files.length > FILE_LIMIT)
      throw new Error(`${folder} has more than ${FILE_LIMIT} files: too many for migrations.`);
    hash.update(`folder ${files.length}\n`);
    for (const file of files) {
      const bytes = await readFile(file);
      hash.update(`${relative(folder, file)}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}

async function filesBelow(folder: string, skip: (name: string) => boolean): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const kept = entries.filter((entry) => entry.name !== 'node_modules' && !skip(entry.name));
  const below = await Promise.all(
    kept.map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesBelow(path, skip);
      return entry.isFile() ? [path] : [];
    }),
  );
  return below.flat();
}
