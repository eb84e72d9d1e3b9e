import { posix } from 'node:path';
import type { ProgramFile } from './output.ts';

type Files = ReadonlyMap<string, ProgramFile>;

/** The files that each package would have in a program of its own. */
export type Reach<Package> = ReadonlyMap<Package, ReadonlySet<string>>;

/** The files that the package's patterns match. */
export function ownFiles({ include }: { readonly include: readonly string[] }, files: Files): readonly string[] {
  return [...files].filter(([, { patterns }]) => patterns.some((each) => include.includes(each))).map(([name]) => name);
}

/**
 * Follows the imports from each package's own files.
 * @param files of a program of all packages.
 * @returns packages whose patterns match no file are left out.
 */
export function reachOf<Package extends { readonly include: readonly string[] }>(
  packages: readonly Package[],
  files: Files,
): Reach<Package> {
  const imports = new Map<string, string[]>();
  const forAll: string[] = [];
  for (const [name, file] of files) {
    for (const importer of file.importers) {
      listOf(imports, importer).push(name);
    }
    if (file.forAll) {
      forAll.push(name);
    }
  }
  const imported = (name: string) => imports.get(name) ?? [];
  return new Map(
    packages.flatMap((each) => {
      const own = ownFiles(each, files);
      return own.length > 0 ? [[each, closureOf([...forAll, ...own], imported)]] : [];
    }),
  );
}

function listOf(lists: Map<string, string[]>, key: string): string[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function closureOf(start: readonly string[], next: (name: string) => readonly string[]): Set<string> {
  const reached = new Set(start);
  for (const name of reached) {
    for (const each of next(name)) {
      reached.add(each);
    }
  }
  return reached;
}

/**
 * Leaves out packages that reach one version of a dependency in two places: TypeScript takes these as one, and which one
 * depends on the program.
 */
export function withoutDoubles<Package>(reach: Reach<Package>, files: Files): Reach<Package> {
  const isSingle = (reached: ReadonlySet<string>) => {
    const ids = [...reached].flatMap((name) => files.get(name)?.packageId ?? []);
    return new Set(ids).size === ids.length;
  };
  return new Map([...reach].filter(([, reached]) => isSingle(reached)));
}

/** The files that some packages reach and others do not. */
export function notOfAll(reach: Reach<unknown>): readonly string[] {
  const [first, ...others] = reach.values();
  const ofAll = others.reduce<ReadonlySet<string>>((all, reached) => all.intersection(reached), first ?? new Set());
  const ofAny = new Set([...reach.values()].flatMap((reached) => [...reached]));
  return [...ofAny.difference(ofAll)];
}

/**
 * The files that may be what another file calls a module.
 * @param module a name, or a relative path.
 */
export function filesOf(module: string, from: string, files: Files): readonly string[] {
  if (module.startsWith('.')) {
    const path = posix.join(posix.dirname(from), module).replace(/\.[cm]?[jt]sx?$/, '');
    return [...files.keys()].filter((name) => name.startsWith(`${path}.`) || name.startsWith(`${path}/index.`));
  }
  const named = [...files].filter(([, { names }]) => names.has(module)).map(([name]) => name);
  const folder = /^(?:@[^/]+\/)?[^/]+/.exec(module)?.[0];
  return named.length > 0 ? named : [...files.keys()].filter((name) => name.includes(`node_modules/${folder}/`));
}

/**
 * Sorts the packages by the files that they reach and that affect others without being imported. Together, packages that
 * reach the same of these mean what they mean alone, provided that they also reach the same of what these add to.
 * @param affecting such files, of those that not all packages reach.
 * @param augmented files that add to others, and which.
 * @returns `here`: the packages that reach all such files, for which the program of all packages is as good as their own;
 * `elsewhere`: the others, those of a class together.
 */
export function classesOf<Package>(
  reach: Reach<Package>,
  affecting: readonly string[],
  augmented: readonly (readonly [by: string, file: string])[],
): { readonly here: readonly Package[]; readonly elsewhere: readonly (readonly Package[])[] } {
  const needed = [...affecting.map((name) => [name]), ...augmented];
  const classes = Map.groupBy(reach.keys(), (each) =>
    needed.map((names) => (names.every((name) => reach.get(each)?.has(name)) ? '1' : '0')).join(''),
  );
  const all = '1'.repeat(needed.length);
  return {
    here: classes.get(all) ?? [],
    elsewhere: [...classes].filter(([key]) => key !== all).map(([, packages]) => packages),
  };
}
