import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The files below a folder, through symlinks too; none if it is absent. `node_modules` and folders that contain
 * themselves are left out.
 * @param skip names of files and folders that are left out.
 */
export async function filesBelow(
  folder: string,
  skip: (name: string) => boolean,
  above: readonly string[] = [],
): Promise<string[]> {
  const real = await realpath(folder).catch(absent);
  if (real === undefined || above.includes(real)) {
    return [];
  }
  const names = (await readdir(folder)).filter((name) => name !== 'node_modules' && !skip(name));
  const below = await Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      const stats = await stat(path).catch(absent);
      if (stats?.isDirectory()) {
        return filesBelow(path, skip, [...above, real]);
      }
      return stats?.isFile() ? [path] : [];
    }),
  );
  return below.flat();
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ELOOP') {
    throw error;
  }
  return undefined;
}
