import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { linkEntries } from '../write/link-entries.ts';

/** A copy of the workspace in which some packages may be changed. */
export interface WorkspaceCopy {
  /** Absolute, without symlinks. */
  readonly root: string;
  remove(): void;
}

/** A package that is copied. */
export interface CopiedPackage {
  /** Relative to the workspace. */
  readonly folder: string;
  /** The name by which it and others import it. */
  readonly name: string | undefined;
}

const LEFT_OUT = /^(\.git|\.nx|\.vitest|\.splitlevel-stage|coverage|tmp|node_modules)$/;

/**
 * Copies packages; the rest of the workspace is linked.
 * @param scratch a private folder.
 */
export function copyWorkspace(root: string, packages: readonly CopiedPackage[], scratch: string): WorkspaceCopy {
  removeAbandoned(scratch);
  const copy = realpathSync(mkdtempSync(join(scratch, `copy-${process.pid}-`)));
  const remove = () => rmSync(copy, { recursive: true, force: true });
  process.once('exit', remove);
  linkAround(root, copy, '', new Set(packages.map(({ folder }) => folder)));
  const own = new Set(packages.map(({ name }) => name));
  linkModules(join(root, 'node_modules'), join(copy, 'node_modules'), (module) => own.has(module));
  for (const { folder, name } of packages) {
    if (name !== undefined) {
      linkTo(join(copy, folder), join(copy, 'node_modules', name));
    }
    const modules = join(root, folder, 'node_modules');
    cpSync(join(root, folder), join(copy, folder), { recursive: true, filter: (source) => source !== modules });
    // The workspace's Vitest runs the tests, and there is one only.
    const isVitest = (module: string) => module === 'vitest' || module.startsWith('@vitest/') || module.startsWith('.');
    linkModules(modules, join(copy, folder, 'node_modules'), isVitest);
  }
  return {
    root: copy,
    remove: () => {
      remove();
      process.removeListener('exit', remove);
    },
  };
}

/** Links what is not copied, and makes the folders in which something is. */
function linkAround(root: string, copy: string, folder: string, copied: ReadonlySet<string>): void {
  const at = (name: string) => (folder === '' ? name : `${folder}/${name}`);
  const leadsToCopied = (path: string) => [...copied].some((each) => each.startsWith(`${path}/`));
  linkEntries(join(root, folder), join(copy, folder), ({ name }) => {
    return (folder === '' && LEFT_OUT.test(name)) || copied.has(at(name)) || leadsToCopied(at(name));
  });
  for (const name of readdirSync(join(root, folder)).filter((each) => leadsToCopied(at(each)))) {
    mkdirSync(join(copy, at(name)));
    linkAround(root, copy, at(name), copied);
  }
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
    const pid = /^(?:copy|replay)-(\d+)-/.exec(entry)?.[1];
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
