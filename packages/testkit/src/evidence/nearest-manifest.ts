import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package.json of the package that a folder is in: the nearest one upwards; undefined if there is none. */
export function nearestManifest(directory: string): string | undefined {
  for (let folder = directory; folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest)) {
      return manifest;
    }
  }
  return undefined;
}
