import { posix } from 'node:path';
import type { Suite } from './classify.ts';
import { placeOf } from './place.ts';
import { type AdoptedPackage, importsOf } from './read-package.ts';

/** Where a package's test files go. Paths are relative to the package. */
export interface Places {
  /** By their present paths; those that stay where they are and belong there are among them. */
  readonly places: ReadonlyMap<string, string>;
  /** Snapshots, by their present paths. */
  readonly snapshots: ReadonlyMap<string, string>;
}

/**
 * Finds each test file a place of its own.
 * @param suites by path.
 */
export function placesOf({ sources, files }: AdoptedPackage, suites: ReadonlyMap<string, Suite>): Places {
  const places = new Map<string, string>();
  const taken = new Set([...files].filter((path) => !suites.has(path)));
  for (const [path, suite] of suites) {
    const source = sources.get(path);
    const imports = source === undefined ? [] : importsOf(source, files);
    const place = [placeOf(path, suite, imports), ...others(path, suite)].find((each) => !taken.has(each));
    if (place === undefined) {
      throw new Error(`${path} has no place: all names for it are taken`);
    }
    taken.add(place);
    places.set(path, place);
  }
  const snapshots = [...places].flatMap(([from, to]) => {
    const [old, now] = [from, to].map((each) => `${posix.dirname(each)}/__snapshots__/${posix.basename(each)}.snap`);
    return old !== undefined && now !== undefined && old !== now && files.has(old) ? [[old, now] as const] : [];
  });
  return { places, snapshots: new Map(snapshots) };
}

/** Other places for one whose name is taken: with the folder that it comes from, then with numbers. */
function others(path: string, suite: Suite): readonly string[] {
  const top = suite === 'unit' ? 'src' : 'integration';
  const { dir, base } = posix.parse(path);
  const stem = posix.basename(placeOf(base, suite, []), '.test.ts');
  const own = posix.join(top, dir, `${stem}.test.ts`);
  return [own, ...Array.from({ length: 20 }, (_, index) => own.replace(/\.test\.ts$/, `-${index + 2}.test.ts`))];
}
