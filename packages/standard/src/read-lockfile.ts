import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { managerOf } from '@splitlevel/generators/engine';
import { parse } from 'yaml';
import type { LockEntry, Lockfile } from './repository.ts';

type Importer = Readonly<Record<string, Readonly<Record<string, LockEntry>>>>;

/** The copies of libraries that the lockfile gives to packages: of npm and pnpm; others are not judged. */
export function readLockfile(root: string): Lockfile {
  const { lockfile: file } = managerOf(root);
  if (!existsSync(join(root, file))) {
    return { file, entries: {} };
  }
  return { file, entries: entriesIn(file, readFileSync(join(root, file), 'utf8')) };
}

/** The entries of a lockfile of this name; undefined where it is not read. */
export function entriesIn(file: string, text: string): Lockfile['entries'] {
  switch (file) {
    case 'package-lock.json':
      return (JSON.parse(text) as { packages?: Record<string, LockEntry> }).packages ?? {};
    case 'pnpm-lock.yaml':
      return entriesOfImporters((parse(text) as { importers?: Record<string, Importer> } | null)?.importers);
    default:
      return undefined;
  }
}

/** pnpm links into the node_modules of each package what that names: `8.23.1(peer@1.0.0)`, or `link:../money`. */
function entriesOfImporters(importers: Readonly<Record<string, Importer>> = {}): Readonly<Record<string, LockEntry>> {
  const entries = Object.entries(importers).flatMap(([folder, groups]) =>
    ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((group) =>
      Object.entries(groups[group] ?? {}).map(([name, { version = '' }]): [string, LockEntry] => [
        `${folder === '.' ? '' : `${folder}/`}node_modules/${name}`,
        version.startsWith('link:') ? { link: true } : { version: version.replace(/\(.*/, '') },
      ]),
    ),
  );
  return Object.fromEntries(entries);
}
