import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, sep } from 'node:path';

/** The source folders of a package and of the packages of its workspace that it depends on, also indirectly. */
export function sourceFolders(packageDirectory: string): string[] {
  const found = new Set<string>();
  const add = (directory: string) => {
    if (found.has(directory)) {
      return;
    }
    found.add(directory);
    for (const name of dependenciesOf(directory)) {
      const other = findInWorkspace(name, directory);
      if (other !== undefined) {
        add(other);
      }
    }
  };
  add(realpathSync(packageDirectory));
  return [...found].map((directory) => join(directory, 'src'));
}

function dependenciesOf(directory: string): string[] {
  const manifest = readFileSync(join(directory, 'package.json'), 'utf8');
  return Object.keys((JSON.parse(manifest) as { dependencies?: object }).dependencies ?? {});
}

/** The folder of a package of the workspace; undefined for one that is installed in `node_modules`, or missing. */
function findInWorkspace(name: string, from: string): string | undefined {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? [];
  const link = places.map((place) => join(place, name)).find((place) => existsSync(place));
  const directory = link === undefined ? undefined : realpathSync(link);
  return directory?.includes(`${sep}node_modules${sep}`) ? undefined : directory;
}
