import { posix } from 'node:path';
import type { Classified } from './classify.ts';
import { placeOf } from './place.ts';
import type { AdoptedPackage, TestFile } from './read-package.ts';
import { relocate } from './relocate.ts';

/** A file that goes elsewhere in its package; paths are relative to the package. */
export interface PackageMove {
  readonly from: string;
  readonly to: string;
  /** Its new text; undefined where its bytes stay as they are. */
  readonly text: string | undefined;
}

/**
 * Where the test files of a package go, their snapshots with them.
 * @param found by path relative to the package. Files with an obstacle stay.
 * @throws Error that names the files for which there is no place.
 */
export function movesOf(
  { tests, files }: AdoptedPackage,
  found: ReadonlyMap<string, Classified>,
): readonly PackageMove[] {
  const places = new Map<string, string>();
  const problems: string[] = [];
  for (const test of tests) {
    const { kind, obstacle } = found.get(test.path) ?? {};
    if (kind === undefined || kind === 'hybrid' || obstacle !== undefined) continue;
    try {
      places.set(test.path, placeOf(test.path, kind, importsOf(test, files)));
    } catch (error) {
      problems.push(`${test.path} ${(error as Error).message}`);
    }
  }
  const moved = new Map([...places].filter(([from, to]) => from !== to));
  problems.push(...clashes(places, files));
  if (problems.length > 0) {
    throw new Error(problems.join('; '));
  }
  return tests.flatMap((test) => {
    const to = moved.get(test.path);
    if (to === undefined) return [];
    const text = relocate(test.text, test.references, { from: test.path, to, moved });
    return [{ from: test.path, to, text }, ...snapshotMove(test.path, to, files)];
  });
}

/** The files of the package that a test imports. */
function importsOf({ path, references }: TestFile, files: ReadonlySet<string>): readonly string[] {
  return references
    .filter(({ imports }) => imports)
    .map(({ text }) => posix.join(posix.dirname(path), text))
    .flatMap((target) => [target, target.replace(/\.js$/, '.ts'), `${target}.ts`, `${target}/index.ts`])
    .filter((target) => files.has(target));
}

function clashes(places: ReadonlyMap<string, string>, files: ReadonlySet<string>): readonly string[] {
  const takers = new Map<string, string>();
  return [...places].flatMap(([from, to]) => {
    const taker = takers.get(to);
    takers.set(to, from);
    if (taker !== undefined) return [`${taker} and ${from} would both become ${to}`];
    return from !== to && files.has(to) ? [`${from} would become ${to}, which is there already`] : [];
  });
}

function snapshotMove(from: string, to: string, files: ReadonlySet<string>): readonly PackageMove[] {
  const [old, now] = [from, to].map((path) => `${posix.dirname(path)}/__snapshots__/${posix.basename(path)}.snap`);
  return old !== undefined && now !== undefined && files.has(old) ? [{ from: old, to: now, text: undefined }] : [];
}
