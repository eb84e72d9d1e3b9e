import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The plain files below a folder, by path with forward slashes, sorted; modules are left out. */
export function filesBelow(folder: string): ReadonlyMap<string, Buffer> {
  const paths = pathsBelow(folder, (entry) => entry.name !== 'node_modules');
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

/**
 * The paths of the plain files below a folder, relative to it, with forward slashes, sorted. It goes down folder by folder: in
 * an archive of Yarn's, where a package of a new repository's creator lies, a recursive list does not say which folder an
 * entry is in.
 * @param isWanted says of a file or folder whether it, and what is below it, is listed.
 */
export function pathsBelow(folder: string, isWanted: (entry: Dirent) => boolean = () => true): readonly string[] {
  const listed = (below: string): readonly string[] =>
    readdirSync(join(folder, below), { withFileTypes: true })
      .filter(isWanted)
      .flatMap((entry) => {
        const path = below === '' ? entry.name : `${below}/${entry.name}`;
        return entry.isDirectory() ? listed(path) : entry.isFile() ? [path] : [];
      });
  return listed('').toSorted();
}
