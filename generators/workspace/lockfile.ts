import type { LockEntry } from './lock-entry.ts';
import { setFlags } from './lockfile-flags.ts';
import { type Manifest, rename, type Scopes } from './manifest.ts';

export interface Lockfile {
  readonly name: string;
  readonly packages: Readonly<Record<string, LockEntry>>;
  readonly [key: string]: unknown;
}

/**
 * The lockfile of a new repository: every version as it is here, without what nothing there needs.
 * @param manifests of the new repository, by folder; the root's is ''.
 */
export function adaptLockfile(lockfile: Lockfile, manifests: ReadonlyMap<string, Manifest>, scopes: Scopes): Lockfile {
  const packages = new Map<string, LockEntry>();
  for (const [folder, manifest] of manifests) {
    packages.set(folder, entryOf(manifest, lockfile.packages[folder]));
    if (folder !== '') packages.set(`node_modules/${manifest.name}`, { resolved: folder, link: true });
  }
  for (const [path, entry] of Object.entries(lockfile.packages)) {
    if (path.includes('node_modules/') && entry.link !== true) packages.set(renamePath(path, scopes), entry);
  }
  const needed = setFlags(Object.fromEntries(packages));
  const sorted = Object.entries(needed).toSorted(([left], [right]) => left.localeCompare(right, 'en'));
  return { ...lockfile, name: manifests.get('')?.name ?? lockfile.name, packages: Object.fromEntries(sorted) };
}

/** What npm repeats of a package.json, in its order. */
function entryOf(manifest: Manifest, earlier: LockEntry | undefined): LockEntry {
  const keys = [
    'name',
    'version',
    'hasInstallScript',
    'license',
    'workspaces',
    'dependencies',
    'devDependencies',
    'peerDependencies',
    'engines',
    'bin',
  ];
  const known = earlier === undefined ? keys : [...new Set([...Object.keys(earlier), ...keys])];
  const values = { ...manifest, hasInstallScript: hasInstallScript(manifest) || undefined } as Record<string, unknown>;
  return Object.fromEntries(known.filter((key) => values[key] !== undefined).map((key) => [key, values[key]]));
}

function hasInstallScript({ scripts = {} }: Manifest): boolean {
  return ['preinstall', 'install', 'postinstall'].some((script) => scripts[script] !== undefined);
}

function renamePath(path: string, scopes: Scopes): string {
  return path.startsWith('node_modules/') ? `node_modules/${rename(path.slice('node_modules/'.length), scopes)}` : path;
}
