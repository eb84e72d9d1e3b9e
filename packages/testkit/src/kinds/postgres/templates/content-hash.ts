import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { filesBelow } from './sources/files-below.ts';

/** More files than this are not migrations: somebody gave the wrong folder. */
const FILE_LIMIT = 20_000;

/**
 * Hashes the names and bytes of all files below folders, through symlinks too; a folder that is absent is empty.
 * @param skip names of files and folders that are left out.
 */
export async function contentHash(folders: readonly string[], skip: (name: string) => boolean): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of folders) {
    const files = (await filesBelow(folder, skip)).sort();
    if (files.length > FILE_LIMIT) {
      throw new Error(`${folder} has more than ${FILE_LIMIT} files: too many for migrations.`);
    }
    hash.update(`folder ${files.length}\n`);
    for (const file of files) {
      const bytes = await readFile(file);
      hash.update(`${relative(folder, file)}\0${bytes.length}\0`).update(bytes);
    }
  }
  return hash.digest('hex');
}
