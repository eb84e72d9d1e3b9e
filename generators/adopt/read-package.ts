import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { EXIT, Failure, messageOf } from '../engine/failure.ts';
import { isTestName } from './place.ts';
import { declaredRunnerOf, foreignRunnerOf } from './runners.ts';
import type { Manifest } from './settings/manifest.ts';
import { type Reference, referencesIn } from './source/references.ts';
import { resolveFile } from './source/resolve-file.ts';
import { statementsOf } from './source/syntax.ts';

/** A source of the package. */
export interface SourceFile {
  /** Relative to the package, with slashes. */
  readonly path: string;
  readonly text: string;
  readonly references: readonly Reference[];
  /** Why it cannot be parsed, or undefined. */
  readonly problem: string | undefined;
}

/** All that adopting reads of a package. */
export interface AdoptedPackage {
  /** Relative to the workspace. */
  readonly folder: string;
  /** Its name in Nx. */
  readonly project: string;
  readonly manifest: Manifest;
  /** Every file, relative to the package. */
  readonly files: ReadonlySet<string>;
  /** Its TypeScript and JavaScript, by path. */
  readonly sources: ReadonlyMap<string, SourceFile>;
  /** The paths of the files that are named as tests are. */
  readonly named: readonly string[];
}

const SKIPPED = /^(\.|node_modules$|dist$|coverage$)/;
const SOURCE = /\.[cm]?[jt]sx?$/;
const CONFIGURATION = /^(vitest|vite)\.(config|workspace|projects)\./;

/**
 * Reads a package.
 * @throws {Failure} when it has what the standard cannot take over, or the tests of another runner.
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
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
  const paths = [...files].filter((path) => SOURCE.test(path)).toSorted();
  const sources = new Map(paths.map((path) => [path, readSource(root, folder, path)]));
  const named = paths.filter((path) => isTestName(posix.basename(path)));
  const adopted = { folder, project: manifest.nx?.name ?? manifest.name ?? folder, manifest, files, sources, named };
  refuseOtherRunners(adopted);
  return adopted;
}

/** The other runner whose test a file is, or undefined. */
export function runnerOf({ references }: SourceFile): string | undefined {
  return foreignRunnerOf(references.filter(({ use }) => use === 'import').map(({ text }) => text));
}

/** The files of the package that a source imports, straight. */
export function importsOf({ path, references }: SourceFile, files: ReadonlySet<string>): readonly string[] {
  return references
    .filter(({ use, text }) => use === 'import' && text.startsWith('.'))
    .map(({ text }) => resolveFile(posix.join(posix.dirname(path), text), files))
    .filter((file) => file !== undefined);
}

/** Why a package is left as it was, and what to do. */
export function leftAsItWas(folder: string, reason: string, remedy: string): Failure {
  return new Failure(EXIT.failed, `${folder} is left as it was: ${reason}`, remedy);
}

function readSource(root: string, folder: string, path: string): SourceFile {
  const text = readFileSync(join(root, folder, path), 'utf8');
  try {
    return { path, text, references: referencesIn(statementsOf(path, text)), problem: undefined };
  } catch (error) {
    return { path, text, references: [], problem: messageOf(error) };
  }
}

/** Of a package with tests of Vitest and others, the others stay; of one with others alone nothing is to be done. */
function refuseOtherRunners({ folder, manifest, files, sources, named }: AdoptedPackage): void {
  const usesVitest =
    [...files].some((path) => CONFIGURATION.test(path)) ||
    /\bvitest\b/.test(Object.values(manifest.scripts ?? {}).join('\n')) ||
    [...sources.values()].some(({ references }) => references.some(({ text }) => text === 'vitest'));
  if (usesVitest) {
    return;
  }
  const runners = new Set(named.flatMap((path) => runnerOf(sources.get(path) as SourceFile) ?? []));
  const runner = [...runners].join(' and ') || declaredRunnerOf(manifest);
  if (runner !== undefined && runner !== '') {
    throw leftAsItWas(
      folder,
      `its tests are those of ${runner}, which adopting does not convert`,
      'Write them for Vitest first.',
    );
  }
  if (named.length === 0) {
    throw leftAsItWas(folder, 'it has no test files', 'Test files are named *.test.ts.');
  }
}

function filesIn(folder: string, prefix: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = prefix + entry.name;
    if (entry.isDirectory() && !SKIPPED.test(entry.name) && !isPackage(join(folder, entry.name))) {
      return filesIn(join(folder, entry.name), `${path}/`);
    }
    return entry.isFile() ? [path] : [];
  });
}

/** A package of its own inside of another, as examples and fixtures have it, keeps its files. */
function isPackage(folder: string): boolean {
  return existsSync(join(folder, 'package.json'));
}
