import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** How often files are looked at. */
const EVERY_MS = 300;

/** What editors and desktops leave beside a file: `.0001-orders.ts.swp`, `main.ts~`, `#main.ts#`, `.DS_Store`. */
const LEFT_BESIDE = /^\.|~$|^#.*#$/;

/** The content of each file, by path. */
export type Contents = ReadonlyMap<string, string>;

/** Reads files, or all files below folders except what editors leave there; what is not there has none. */
export function readContents(...paths: string[]): Contents {
  return new Map(paths.flatMap(filesBelow).map((file) => [file, readFileSync(file, 'latin1')]));
}

/**
 * Looks at files, or at all files below folders, again and again, and calls when what is in them has changed and then stayed
 * as it is for a moment. It looks itself instead of being told, which works on every file system and for folders that come.
 * @param known what it was when it was last used
 * @param changed gets the files that came, went or changed; the next change waits until it resolves
 * @returns ends it
 */
export function watchFiles(
  path: string | readonly string[],
  known: Contents,
  changed: (files: readonly string[]) => Promise<void>,
): () => void {
  const paths = [path].flat();
  let before = known;
  let seen = '';
  let dirty = true;
  let ended = false;
  /** The files that are settled in another state than before. */
  const look = (): readonly string[] => {
    const stamps = stampsOf(paths);
    if (stamps !== seen) {
      seen = stamps;
      dirty = true;
    } else if (dirty) {
      const contents = readContents(...paths);
      dirty = false;
      const files = differences(before, contents);
      before = contents;
      return files;
    }
    return [];
  };
  const again = () => {
    setTimeout(async () => {
      if (ended) {
        return;
      }
      const files = lookUnlessGoing(look);
      if (files.length > 0) {
        await changed(files);
      }
      again();
    }, EVERY_MS).unref();
  };
  again();
  return () => {
    ended = true;
  };
}

/** A file that goes while it is looked at is seen the next time. */
function lookUnlessGoing(look: () => readonly string[]): readonly string[] {
  try {
    return look();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/** The files that are in one of the two only, or not the same. */
export function differences(before: Contents, after: Contents): string[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((file) => before.get(file) !== after.get(file))
    .sort();
}

function stampsOf(paths: readonly string[]): string {
  return paths
    .flatMap(filesBelow)
    .map((file) => {
      const { ino, mtimeMs, size } = statSync(file);
      return `${file} ${ino} ${mtimeMs} ${size}`;
    })
    .join('\n');
}

function filesBelow(path: string): string[] {
  const status = statSync(path, { throwIfNoEntry: false });
  if (status === undefined) {
    return [];
  }
  if (!status.isDirectory()) {
    return [path];
  }
  return readdirSync(path)
    .filter((name) => !LEFT_BESIDE.test(name))
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}
