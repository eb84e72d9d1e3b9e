import { dirname, join } from 'node:path';
import { files } from './files.ts';

/** The nearest folder above a file that has nx.json, without symlinks; undefined outside of a workspace. */
export function findWorkspace(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (files.existsSync(join(folder, 'nx.json'))) {
      return files.realpath(folder);
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
}
