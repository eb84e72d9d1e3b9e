import { readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { statusOf } from '../engine/plan/confine.ts';
import type { Planned } from '../engine/plan/planned.ts';

/** What tools make again. */
const MADE_AGAIN = ['node_modules', '.vitest', '.nx', 'coverage', 'dist'];

/** Notes on what stays in a folder whose files go: what git ignores is its owner's alone, and a secret may be in it. */
export function noteLeftovers(root: string, folder: string, planned: readonly Planned[]): readonly string[] {
  const gone = planned.flatMap(({ path, from, fate }) =>
    from === undefined && fate !== 'remove' ? [] : [from ?? path],
  );
  return leftIn(root, folder, new Set(gone)).map((path) => `${path} stays: git does not follow it.`);
}

/** Removes what tools left in a folder whose files have gone, and then the folder, unless something is in it still. */
export function removeLeftovers(root: string, folder: string): void {
  for (const name of MADE_AGAIN) {
    rmSync(join(root, folder, name), { recursive: true, force: true });
  }
  removeEmpty(join(root, folder));
}

/** Paths of files, and of folders of which nothing goes. */
function leftIn(root: string, folder: string, gone: ReadonlySet<string>): readonly string[] {
  return entriesOf(join(root, folder))
    .filter(({ name }) => !MADE_AGAIN.includes(name))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) {
        return gone.has(path) ? [] : [path];
      }
      return gone.values().some((each) => each.startsWith(`${path}/`)) ? leftIn(root, path, gone) : [`${path}/`];
    });
}

function removeEmpty(folder: string): void {
  for (const entry of entriesOf(folder).filter((each) => each.isDirectory())) {
    if (MADE_AGAIN.includes(entry.name)) {
      rmSync(join(folder, entry.name), { recursive: true, force: true });
    } else {
      removeEmpty(join(folder, entry.name));
    }
  }
  try {
    rmdirSync(folder);
  } catch {
    // It is gone already, or something that stays is in it.
  }
}

function entriesOf(folder: string) {
  return statusOf(folder)?.isDirectory() ? readdirSync(folder, { withFileTypes: true }) : [];
}
