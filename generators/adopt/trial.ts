import { cpSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isChange, type Planned } from '../engine/plan.ts';

/** A copy of the workspace in which a plan has been carried out, to try it. */
export interface Trial {
  readonly root: string;
  remove(): void;
}

const LEFT_OUT = /^(\.git|\.nx|\.vitest|\.splitlevel|coverage|tmp)$/;

/**
 * Makes the copy: the package's files are copied, the rest is linked.
 * @param without files of the package that are left out, relative to the workspace.
 */
export function makeTrial(
  root: string,
  folder: string,
  planned: readonly Planned[],
  without: readonly string[],
  scratch: string,
): Trial {
  const copy = join(scratch, 'trial');
  const remove = () => rmSync(copy, { recursive: true, force: true });
  process.once('exit', remove);
  remove();
  mkdirSync(join(copy, dirname(folder)), { recursive: true });
  link(root, copy, (name) => LEFT_OUT.test(name) || name === folder.split('/')[0]);
  link(join(root, dirname(folder)), join(copy, dirname(folder)), (name) => name === basename(folder));
  const modules = join(root, folder, 'node_modules');
  cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (source) => source !== modules });
  if (lstatSync(modules, { throwIfNoEntry: false }) !== undefined) {
    symlinkSync(modules, join(copy, folder, 'node_modules'));
  }
  for (const { path, from, after } of planned.filter(isChange)) {
    if (from !== undefined) rmSync(join(copy, from));
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), after ?? '');
  }
  for (const path of without) rmSync(join(copy, path));
  return {
    root: copy,
    remove: () => {
      remove();
      process.removeListener('exit', remove);
    },
  };
}

/** Files are copied, since Vite takes a configuration for what lies at its real path. */
function link(from: string, to: string, leaveOut: (name: string) => boolean): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (leaveOut(entry.name)) continue;
    if (entry.isFile()) cpSync(join(from, entry.name), join(to, entry.name));
    else symlinkSync(join(from, entry.name), join(to, entry.name));
  }
}
