import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The file in which `npx plop adopt` lists the tests of a package that it left where they are, each with the reason.
 */
export const ADOPTION_FILE = 'adoption.json';

/** The content of that file. Paths are relative to the package. `npm run standard` tells each as a departure. */
export interface Adoption {
  readonly stays: Readonly<Record<string, string>>;
}

/**
 * The test files that no suite runs because adopting left them, relative to the workspace. A file that is not such a
 * list leaves none: its package's tests fail where they lie, and `npm run standard` names it.
 * @param folders that may be packages, relative to the workspace.
 */
export function leftTests(root: string, folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) => {
    const file = join(root, folder, ADOPTION_FILE);
    if (!existsSync(file)) {
      return [];
    }
    try {
      return Object.keys(parseAdoption(readFileSync(file, 'utf8')).stays).map((path) => `${folder}/${path}`);
    } catch {
      return [];
    }
  });
}

/**
 * Reads the text of such a file.
 * @throws {Error} that says what is missing.
 */
export function parseAdoption(text: string): Adoption {
  const { stays } = JSON.parse(text) as Partial<Adoption>;
  if (typeof stays !== 'object' || stays === null || !Object.values(stays).every((each) => typeof each === 'string')) {
    throw new Error('it has no "stays" with a reason for each path');
  }
  return { stays };
}

/** The paths as patterns for the `exclude` of a Vitest project. */
export function asPatterns(paths: readonly string[]): string[] {
  return paths.map((path) => path.replaceAll(/[\\()[\]{}!*?@+|]/g, '\\$&'));
}
