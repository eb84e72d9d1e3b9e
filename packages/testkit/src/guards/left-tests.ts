import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in which `npx plop adopt` lists the tests of a package that it left where they are, each with the reason. */
export const ADOPTION_FILE = 'adoption.json';

/** What it holds. Paths are relative to the package. `npm run standard` tells each as a departure. */
export interface Adoption {
  readonly stays: Readonly<Record<string, string>>;
}

/**
 * The test files that no suite runs because adopting left them, relative to the workspace.
 * @param broken what becomes of a file that is not such a list: an error that names it, or none of its package's tests are left
 */
export function leftTests(root: string, broken: 'throw' | 'skip' = 'throw'): readonly string[] {
  const packages = join(root, 'packages');
  const names = existsSync(packages) ? readdirSync(packages) : [];
  return names.flatMap((name) => {
    const folder = `packages/${name}`;
    try {
      return Object.keys(readAdoption(root, folder)?.stays ?? {}).map((path) => `${folder}/${path}`);
    } catch (error) {
      if (broken === 'throw') throw error;
      return [];
    }
  });
}

/**
 * The tests of a package that adopting left; undefined where it left none.
 * @param folder relative to the workspace.
 * @throws Error that names the file where it is not such a list.
 */
export function readAdoption(root: string, folder: string): Adoption | undefined {
  const file = join(root, folder, ADOPTION_FILE);
  if (!existsSync(file)) return undefined;
  try {
    return parseAdoption(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `${folder}/${ADOPTION_FILE} is not a list of tests that adopting left: ${(error as Error).message}`,
      {
        cause: error,
      },
    );
  }
}

/** @throws Error that says what is missing. */
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
