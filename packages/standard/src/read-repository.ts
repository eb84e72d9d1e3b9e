import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Progress } from '@splitlevel/generators/engine';
import { readWorkspace, replacedIn } from '@splitlevel/generators/engine';
import { runObserved } from '@splitlevel/guards/observed-run';
import { ask } from './effects/ask.ts';
import { readCompiler } from './effects/compiler.ts';
import { sendFaults } from './effects/send-faults.ts';
import { readLockfile } from './read-lockfile.ts';
import { readSource } from './read-source.ts';
import { regenerate } from './regenerate.ts';
import type { Manifest, NxTasks, Package, Repository, Source, Suites } from './repository.ts';

const SKIPPED = /^(\.|node_modules$|dist$|coverage$|tmp$)/;
const CODE = /\.[cm]?[jt]sx?$/;
/** Files that may name an image. */
const TEXT = /\.(ya?ml|json|env|sh|toml)$|(^|\/)\.env[^/]*$/;
const ROOT_TEXTS = ['.gitlab-ci.yml', 'biome.json', '.env'];
const LARGE = 200_000;

/**
 * Reads all that the rules look at, and asks the tools: Nx and Vitest what they resolve, the targets what they refuse.
 * @throws {Error} when the workspace cannot be read.
 */
export async function readRepository(root: string, progress: Progress): Promise<Repository> {
  const workspace = readWorkspace(root);
  const nx = readJson<Repository['nx']>(root, 'nx.json');
  const images = readJson<Repository['images']>(root, 'images.json');
  const tasks = ask<NxTasks>('nx-tasks', root);
  const suites = ask<Suites>('suites', root);
  const folders = [...workspace.projects.values()];
  const packages = Promise.all(
    [...workspace.projects].map(([name, folder]) => readPackage(root, name, folder, folders)),
  );
  const faults = progress.during('Sending known faults through the targets', () => sendFaults(root));
  const unitRun = await progress.during('Running the unit tests under their guard', () => runUnitTests(root));
  const generated = await progress.during('Making each generated package anew', () => regenerate(workspace));
  return {
    packages: (await packages).toSorted((left, right) => (left.folder < right.folder ? -1 : 1)),
    nx,
    images,
    lockfile: readLockfile(root),
    unitRun,
    generated,
    replaced: replacedIn(root),
    tasks: await tasks,
    suites: await suites,
    faults: await faults,
    rootTexts: new Map(rootTexts(root).map((path) => [path, readFileSync(join(root, path), 'utf8')])),
  };
}

/** @param folders of all packages: files in them, and in templates/, do not belong to the root. */
async function readPackage(root: string, name: string, folder: string, folders: readonly string[]): Promise<Package> {
  const files = [...filesIn(join(root, folder), '', new Set(folder === '.' ? [...folders, 'templates'] : []))];
  const read = (path: string) => readFileSync(join(root, folder, path), 'utf8');
  const sources = files
    .filter((path) => CODE.test(path))
    .map((path): [string, Source] => [path, readSource(read(path))]);
  const texts = files.filter((path) => TEXT.test(path) && folder !== '.').map((path) => [path, read(path)] as const);
  return {
    name,
    folder,
    manifest: readJson<Manifest>(root, join(folder, 'package.json')),
    files,
    sources: new Map(sources),
    texts: new Map(texts.filter(([, text]) => text.length < LARGE)),
    compiler: await readCompiler(root, folder),
  };
}

function* filesIn(folder: string, prefix: string, skipped: ReadonlySet<string>): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = prefix + entry.name;
    if (entry.isFile()) {
      yield path;
    } else if (entry.isDirectory() && !SKIPPED.test(entry.name) && !skipped.has(path)) {
      yield* filesIn(join(folder, entry.name), `${path}/`, skipped);
    }
  }
}

function rootTexts(root: string): readonly string[] {
  const folder = '.github/workflows';
  const workflows = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  const paths = [
    ...workflows.filter((name) => /\.ya?ml$/.test(name)).map((name) => `${folder}/${name}`),
    ...ROOT_TEXTS,
  ];
  return paths.filter((path) => existsSync(join(root, path)));
}

/** By the configuration of the root, without the check of places: misplaced tests are findings, not the end of it. */
async function runUnitTests(root: string): Promise<Repository['unitRun']> {
  try {
    return await runObserved({
      root,
      arguments: ['--project', 'unit'],
      environment: { TESTKIT_MISPLACED_TESTS: 'ignore' },
    });
  } catch (error) {
    // A configuration that cannot be loaded is a finding too, and the other rules have theirs.
    const output = (error as Error).message;
    return { files: new Map(), observations: [], alive: new Set(), exitCode: null, output };
  }
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
