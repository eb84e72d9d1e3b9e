import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The package that a folder is part of. */
export interface Package {
  readonly name: string;
  readonly directory: string;
}

/**
 * Finds the nearest package.json upwards.
 * @throws {Error} when there is none, or it has no name.
 */
export async function packageOf(directory: string): Promise<Package> {
  for (let folder = directory; ; folder = dirname(folder)) {
    const manifest = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
    if (manifest !== undefined) {
      const { name } = JSON.parse(manifest) as { name?: unknown };
      if (typeof name !== 'string') {
        throw new Error(`${join(folder, 'package.json')} has no name.`);
      }
      return { name, directory: folder };
    }
    if (folder === dirname(folder)) {
      throw new Error(
        `No package.json in ${directory} or above it: give createTest the folder of the fixtures, import.meta.dirname.`,
      );
    }
  }
}
