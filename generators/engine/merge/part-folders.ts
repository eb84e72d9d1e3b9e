/**
 * New paths for files of the template that cannot be where they should: at a path at which the owner has a folder, or in
 * a folder where the owner has a file. The owner's keep their paths.
 * @param paths of the result.
 * @param isOwners whether a path is taken by a file that the owner has.
 * @returns from the path to the one that is free.
 */
export function partFolders(paths: readonly string[], isOwners: (path: string) => boolean): Map<string, string> {
  const files = new Set(paths);
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    for (const folder of foldersOf(path)) {
      if (files.has(folder)) {
        folders.set(folder, [...(folders.get(folder) ?? []), path]);
      }
    }
  }
  const parted = new Map<string, string>();
  for (const [file, inside] of folders) {
    const free = freeName(file, paths);
    if (isOwners(file)) {
      for (const path of inside) {
        parted.set(path, free + path.slice(file.length));
      }
    } else {
      parted.set(file, free);
    }
  }
  return parted;
}

function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function freeName(path: string, paths: readonly string[]): string {
  let name = `${path}~template`;
  while (paths.some((each) => each === name || each.startsWith(`${name}/`))) {
    name += '~';
  }
  return name;
}
