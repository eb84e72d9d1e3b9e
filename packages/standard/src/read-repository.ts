import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readWorkspace } from '../../../generators/engine/workspace.ts';
import { findMisplacedTests } from '../../testkit/src/guards/misplaced-tests.ts';
import { runObserved } from '../../testkit/src/guards/observed-run.ts';
import { readSource } from './read-source.ts';
import { regenerate } from './regenerate.ts';
import type { Manifest, Package, Repository, Source } from './repository.ts';

const SKIPPED = /^(\.(?!github$|vscode$)|node_modules$|dist$|coverage$|tmp$)/;
/** Of the workspace itself, what its packages and templates have is theirs. */
const SKIPPED_AT_ROOT = new Set(['packages', 'templates']);
const READ = /(^(tsconfig|adoption)\.json$|(^|\/)(docker-)?compose[^/]*\.ya?ml$)/;

/**
 * Reads all that the rules look at, and runs the unit tests under the guard.
 * @throws Error or Failure when the workspace cannot be read.
 */
export async function readRepository(root: string): Promise<Repository> {
  const workspace = readWorkspace(root);
  const packages = [...workspace.projects].map(([name, folder]) => readPackage(root, name, folder));
  const misplaced = findMisplacedTests(root);
  return {
    packages: packages.toSorted((left, right) => (left.folder < right.folder ? -1 : 1)),
    nx: readJson(root, 'nx.json'),
    images: readJson(root, 'images.json'),
    misplaced,
    unitRun: await runUnitTests(root),
    generated: await regenerate(workspace),
  };
}

function readPackage(root: string, name: string, folder: string): Package {
  const files = [...filesIn(join(root, folder), '', folder === '.' ? SKIPPED_AT_ROOT : new Set())];
  const read = (path: string) => readFileSync(join(root, folder, path), 'utf8');
  const sources = files
    .filter((path) => path.endsWith('.ts'))
    .map((path): [string, Source] => [path, readSource(read(path))]);
  return {
    name,
    folder,
    manifest: readJson<Manifest>(root, join(folder, 'package.json')),
    files,
    sources: new Map(sources),
    texts: new Map(files.filter((path) => READ.test(path)).map((path) => [path, read(path)])),
  };
}

function* filesIn(folder: string, prefix: string, skipped: ReadonlySet<string>): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = prefix + entry.name;
    if (entry.isFile()) yield path;
    else if (entry.isDirectory() && !SKIPPED.test(entry.name) && !skipped.has(path)) {
      yield* filesIn(join(folder, entry.name), `${path}/`, skipped);
    }
  }
}

/** By the configuration of the root, without the check of places: misplaced tests are findings, not the end of it. */
async function runUnitTests(root: string): Promise<Repository['unitRun']> {
  return await runObserved({
    root,
    arguments: ['--project', 'unit'],
    environment: { TESTKIT_MISPLACED_TESTS: 'ignore' },
  });
}

function readJson<T>(root: string, path: string): T {
  const file = join(root, path);
  if (!existsSync(file)) {
    throw new Error(`${path} is not there: run this in the root of a repository of the standard.`);
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new Error(`${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
}
