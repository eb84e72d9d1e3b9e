import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** The plain files below a folder, by path with forward slashes, sorted; modules are left out. */
export function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .filter((path) => !path.split('/').includes('node_modules'))
    .toSorted();
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}
