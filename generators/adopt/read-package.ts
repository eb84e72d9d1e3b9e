import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure, messageOf } from '../engine/failure.ts';
import { isTestName } from './place.ts';
import { type Reference, referencesIn } from './relocate.ts';

/** A test file of the package. */
export interface TestFile {
  /** Relative to the package, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly references: readonly Reference[];
}

/** All that adopting reads of a package. */
export interface AdoptedPackage {
  /** Relative to the workspace. */
  readonly folder: string;
  /** Every file, relative to the package. */
  readonly files: ReadonlySet<string>;
  readonly tests: readonly TestFile[];
}

const SKIPPED = /^(\.|node_modules$|dist$|coverage$)/;

/**
 * Reads a package.
 * @throws Failure when it has no tests, has what the standard cannot take over, or a test that cannot be parsed.
 */
export function readPackage(root: string, folder: string): AdoptedPackage {
  const files = new Set(filesIn(join(root, folder), ''));
  if (files.has('project.json')) {
    throw leftAsItWas(
      folder,
      'its project.json would override the targets',
      'Move what it says into the nx entry of package.json.',
    );
  }
  const paths = [...files].filter((path) => isTestName(path.split('/').at(-1) ?? '')).toSorted();
  if (paths.length === 0) {
    throw leftAsItWas(folder, 'it has no test files', 'Test files are named *.test.ts.');
  }
  const tests = paths.map((path): TestFile => {
    const text = readFileSync(join(root, folder, path), 'utf8');
    try {
      return { path, text, references: path.endsWith('.ts') ? referencesIn(path, text) : [] };
    } catch (error) {
      throw leftAsItWas(folder, messageOf(error), 'Correct the file.');
    }
  });
  return { folder, files, tests };
}

/** Why a package is left as it was, and what to do. */
export function leftAsItWas(folder: string, reason: string, remedy: string): Failure {
  return new Failure(EXIT.failed, `${folder} is left as it was: ${reason}`, remedy);
}

function filesIn(folder: string, prefix: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    if (entry.isDirectory() && !SKIPPED.test(entry.name)) return filesIn(join(folder, entry.name), `${path}/`);
    return entry.isFile() ? [path] : [];
  });
}
