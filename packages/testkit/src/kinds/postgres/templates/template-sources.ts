import { join, sep } from 'node:path';
import type { Place } from '../../shared/fixture-kind.ts';
import type { Package } from '../../shared/package-of.ts';
import { contentHash } from './content-hash.ts';

/** Tests are not part of a template, and neither are the stubs of upstreams. */
const isNoSource = (name: string) => name.endsWith('.test.ts') || name === 'stubs';

/** The folders of a package that a template is always made from, loaded or not. */
const foldersOf = (owner: Package, place: Place) => [
  join(owner.directory, 'migrations'),
  join(owner.directory, 'src'),
  place.directory,
];

export function hashSources(owner: Package, place: Place): Promise<string> {
  return contentHash(foldersOf(owner, place), isNoSource);
}

/** Whether a path is in what `hashSources` hashes, or is left out of it on purpose. */
export function isHashed(path: string, owner: Package, place: Place): boolean {
  const isInside = foldersOf(owner, place).some((folder) => path === folder || path.startsWith(folder + sep));
  return isInside && !path.includes('/node_modules/');
}
