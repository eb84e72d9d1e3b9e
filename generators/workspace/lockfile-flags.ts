import { posix } from 'node:path';
import type { LockEntry } from './lock-entry.ts';

type Entries = Readonly<Record<string, LockEntry>>;
const FLAGS = ['dev', 'optional', 'devOptional', 'peer'];
const FIRST = ['name', 'version', 'resolved', 'integrity'];

/** What lies on a path from the root to a package. */
interface Path {
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
}

/**
 * The entries that the root or a workspace needs, each marked as npm marks them: dev, optional or peer where every path to
 * it has such a dependency, devOptional where every path has one of the first two.
 * Source: calc-dep-flags.js of @npmcli/arborist.
 */
export function setFlags(entries: Entries): Entries {
  const paths = new Map<string, Map<string, Path>>();
  const visit = (location: string, path: Path): void => {
    const known = paths.get(location) ?? new Map<string, Path>();
    paths.set(location, known);
    const key = `${path.dev} ${path.optional} ${path.peer}`;
    if (known.has(key)) return;
    known.set(key, path);
    const entry = entries[location] ?? {};
    if (entry.link === true && entry.resolved !== undefined) {
      visit(entry.resolved, path);
      return;
    }
    for (const { name, ...kind } of dependenciesOf(location, entry)) {
      const target = resolve(location, name, entries);
      if (target !== undefined) visit(target, join(path, kind));
    }
  };
  visit('', { dev: false, optional: false, peer: false });
  for (const [location, { link }] of Object.entries(entries)) {
    if (link === true) visit(location, { dev: false, optional: false, peer: false });
  }
  return Object.fromEntries(
    Object.entries(entries)
      .filter(([location]) => paths.has(location))
      .map(([location, entry]) => [location, mark(entry, [...(paths.get(location)?.values() ?? [])])]),
  );
}

function* dependenciesOf(location: string, entry: LockEntry): Generator<Path & { readonly name: string }> {
  const none = { dev: false, optional: false, peer: false };
  for (const name of Object.keys(entry.dependencies ?? {})) yield { ...none, name };
  for (const name of Object.keys(entry.optionalDependencies ?? {})) yield { ...none, name, optional: true };
  const isOwn = !location.includes('node_modules');
  for (const name of Object.keys((isOwn && entry.devDependencies) || {})) yield { ...none, name, dev: true };
  for (const name of Object.keys(entry.peerDependencies ?? {})) {
    yield { ...none, name, peer: true, optional: entry.peerDependenciesMeta?.[name]?.optional === true };
  }
}

/** Where Node finds a package from a folder. */
function resolve(location: string, name: string, entries: Entries): string | undefined {
  for (let folder = location; ; folder = posix.dirname(folder)) {
    const candidate = folder === '' || folder === '.' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (entries[candidate] !== undefined) return candidate;
    if (folder === '' || folder === '.') return undefined;
  }
}

function join(path: Path, kind: Path): Path {
  return { dev: path.dev || kind.dev, optional: path.optional || kind.optional, peer: path.peer || kind.peer };
}

function mark(entry: LockEntry, paths: readonly Path[]): LockEntry {
  const dev = paths.every((path) => path.dev);
  const optional = paths.every((path) => path.optional);
  const peer = paths.every((path) => path.peer);
  const devOptional = !dev && !optional && paths.every((path) => path.dev || path.optional);
  const flags: Record<string, boolean> = { dev, optional, devOptional, peer };
  const plain = Object.entries(entry).filter(([key]) => !FLAGS.includes(key));
  const marks = FLAGS.filter((flag) => flags[flag]).map((flag) => [flag, true] as const);
  return Object.fromEntries(
    [...plain, ...marks].toSorted(
      ([left, one], [right, other]) => rank(left, one) - rank(right, other) || (left < right ? -1 : 1),
    ),
  );
}

/** npm's order of keys: these first, then what is no object by name, objects last, dependencies first among them. */
function rank(key: string, value: unknown): number {
  const first = FIRST.indexOf(key);
  if (first !== -1) return first;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isObject) return FIRST.length;
  return FIRST.length + (key === 'dependencies' ? 1 : 2);
}
