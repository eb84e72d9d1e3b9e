import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkEntries } from '../engine/write/link-entries.ts';

/** A copy of the workspace in which one package may be changed. */
export interface WorkspaceCopy {
  /** Absolute, without symlinks. */
  readonly root: string;
  remove(): void;
}

const LEFT_OUT = /^(\.git|\.nx|\.vitest|\.splitlevel-stage|coverage|tmp|node_modules)$/;

/**
 * Copies the package; the rest of the workspace is linked.
 * @param name of the package, by which it and others import it.
 * @param scratch a private folder.
 */
export function copyWorkspace(root: string, folder: string, name: string | undefined, scratch: string): WorkspaceCopy {
  removeAbandoned(scratch);
  const copy = realpathSync(mkdtempSync(join(scratch, `adopt-${process.pid}-`)));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  process.once('exit', remove);
  const parents = folder.split('/').slice(0, -1);
  linkEntries(root, copy, ({ name: entry }) => LEFT_OUT.test(entry) || entry === parents[0]);
  parents.forEach((parent, index) => {
    const path = [...parents.slice(0, index), parent].join('/');
    const next = folder.split('/')[index + 1];
    mkdirSync(join(copy, path));
    linkEntries(join(root, path), join(copy, path), ({ name: entry }) => entry === next);
  });
  linkModules(join(root, 'node_modules'), join(copy, 'node_modules'), (module) => module === name);
  if (name !== undefined) {
    linkTo(join(copy, folder), join(copy, 'node_modules', name));
  }
  const modules = join(root, folder, 'node_modules');
  cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (source) => source !== modules });
  // The workspace's Vitest runs the tests, and there is one only.
  const isVitest = (module: string) => module === 'vitest' || module.startsWith('@vitest/') || module.startsWith('.');
  linkModules(modules, join(copy, folder, 'node_modules'), isVitest);
  return {
    root: copy,
    remove: () => {
      remove();
      process.removeListener('exit', remove);
    },
  };
}

/** Links each module, so that one can be another, and so that caches that tools keep there are the copy's. */
function linkModules(from: string, to: string, leaveOut: (module: string) => boolean): void {
  if (statSync(from, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return;
  }
  for (const entry of readdirSync(from)) {
    if (/^\.(vite|cache)/.test(entry)) {
      continue;
    }
    const modules = entry.startsWith('@') ? readdirSync(join(from, entry)).map((name) => `${entry}/${name}`) : [entry];
    for (const module of modules.filter((each) => !leaveOut(each))) {
      linkTo(join(from, module), join(to, module));
    }
  }
}

function linkTo(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}

/** Removes the copies of runs that were killed. */
function removeAbandoned(scratch: string): void {
  for (const entry of readdirSync(scratch)) {
    const pid = /^adopt-(\d+)-/.exec(entry)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      rmSync(join(scratch, entry), { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
