import fs from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { callerOf, isTestkit } from '../blame/caller.ts';
import { guardClass } from '../blame/guard-class.ts';
import { refuseInput } from '../blame/refusal.ts';
import type { Refusal } from '../blame/refusal-error.ts';
import { currentScope, isInTestOrHook } from '../blame/refusal-log.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';
import { opensToWrite } from '../refusals/refuse-writes.ts';
import { files } from './files.ts';
import { type Access, forgetJudges, isInstalled, judgeOf, type Objection, realPathOf, type Target } from './judge.ts';

const READ = ['readFile', 'openAsBlob'];
const READ_AS_SOURCE = ['copyFile', 'cp'];
const LIST = ['readdir', 'opendir'];
const LOOK = ['stat', 'lstat', 'access', 'realpath', 'readlink', 'statfs'];

/** Refuses to read what is not an input of the test's target. Writing and everything else is left to others. */
export function refuseReads(target: Target): void {
  const guard = (owner: object, name: string, access: Access, promised: boolean): void =>
    replaceMethod(owner, name, (original) => {
      const guarded: AnyFunction = function (...args) {
        const deep = access === 'list' && (args[1] as { recursive?: boolean } | undefined)?.recursive === true;
        const refusal = objection(target, args[0], deep ? 'list deeply' : access, guarded);
        if (!refusal) {
          return original.apply(this, args);
        }
        if (promised) {
          return Promise.reject(refusal);
        }
        throw refusal;
      };
      return guarded;
    });
  const kinds: [names: string[], access: Access][] = [
    [READ, 'read'],
    // Where a test may write, it may copy.
    [target === 'integration' ? READ_AS_SOURCE : [], 'read'],
    [LIST, 'list'],
    [LOOK, 'look at'],
  ];
  for (const [names, access] of kinds) {
    for (const name of names) {
      guard(fs, name, access, name === 'openAsBlob');
      guard(fs, `${name}Sync`, access, false);
      guard(fs.promises, name, access, true);
    }
  }
  guard(fs, 'createReadStream', 'read', false);
  guard(fs, 'existsSync', 'look at', false);
  guard(fs, 'exists', 'look at', false);
  keepPromisifiedExists();
  for (const name of ['realpath', 'realpathSync']) {
    guard((fs as unknown as Record<string, object>)[name] as object, 'native', 'look at', false);
  }
  guard(process, 'loadEnvFile', 'read', false);
  for (const [owner, name] of [
    [fs, 'open'],
    [fs, 'openSync'],
    [fs.promises, 'open'],
  ] as const) {
    refuseOpen(target, owner, name);
  }
  for (const name of ['ReadStream', 'FileReadStream']) {
    const check = ([path]: unknown[]): undefined => {
      const refusal = objection(target, path, 'read', check);
      if (refusal) {
        throw refusal;
      }
    };
    guardClass(fs, name, check, 'file');
  }
  for (const [owner, name] of [
    [fs, 'glob'],
    [fs, 'globSync'],
    [fs.promises, 'glob'],
  ] as const) {
    refuseGlob(target, owner, name);
  }
}

function refuseOpen(target: Target, owner: object, name: string): void {
  replaceMethod(owner, name, (original) => {
    const guarded: AnyFunction = function (...args) {
      // To open for writing is a matter of its own.
      const refusal = opensToWrite(args[1]) ? undefined : objection(target, args[0], 'read', guarded);
      if (!refusal) {
        return original.apply(this, args);
      }
      if (owner === fs.promises) {
        return Promise.reject(refusal);
      }
      throw refusal;
    };
    return guarded;
  });
}

function refuseGlob(target: Target, owner: object, name: string): void {
  replaceMethod(owner, name, (original) => {
    const guarded: AnyFunction = function (...args) {
      const { cwd = process.cwd() } = (typeof args[1] === 'object' && args[1] !== null ? args[1] : {}) as {
        cwd?: string | URL;
      };
      const base = pathOf(cwd) ?? process.cwd();
      for (const pattern of [args[0]].flat().map(String)) {
        const fixed = pattern.split(/[\\/](?=[^\\/]*[*?{[(])/)[0] as string;
        const isPattern = /[*?{[(]/.test(pattern);
        const folder = /[*?{[(]/.test(fixed) ? base : resolve(base, fixed);
        const access = isPattern ? (/\*\*|[*?{[(].*\//.test(pattern) ? 'list deeply' : 'list') : 'look at';
        const refusal = objection(target, folder, access, guarded);
        if (refusal) {
          throw refusal;
        }
      }
      return original.apply(this, args);
    };
    return guarded;
  });
}

/** `promisify(fs.exists)` resolves with what others take for an error; the form that Node gives it would be a way round. */
function keepPromisifiedExists(): void {
  const { exists } = fs;
  Object.defineProperty(exists, promisify.custom, {
    configurable: true,
    value: (path: fs.PathLike) => new Promise((done) => exists(path, done)),
  });
}

function objection(
  target: Target,
  argument: unknown,
  access: Access,
  entry: (...args: never[]) => unknown,
): Refusal | undefined {
  const scope = currentScope();
  const path = pathOf(argument);
  // Installed packages first: what judges is loaded from there itself.
  if (path === undefined || scope?.file === undefined || isInstalled(realPathOf(path))) {
    return undefined;
  }
  // Vitest looks for the snapshots of each file: to judge that would cost as much as the file's tests.
  if (!isInTestOrHook() && callerOf(entry).isVitest) {
    return undefined;
  }
  const testFile = scope.file.filepath;
  const first = judgeOf(testFile, target)?.objectTo(path, access, testFile);
  if (!first || isAllowedTo(target, path, access, first, entry)) {
    return undefined;
  }
  // It may have become an input since: a dependency was declared, a folder was made a package.
  forgetJudges();
  const found = judgeOf(testFile, target)?.objectTo(path, access, testFile);
  if (!found) {
    return undefined;
  }
  const verb = access === 'list deeply' ? 'list' : access;
  return refuseInput(target, `${verb} ${found.path}`, `${found.why} ${found.todo}`, entry);
}

/** Whether a caller may read what is not an input: it cannot be one, or the caller is not the test. */
function isAllowedTo(
  target: Target,
  path: string,
  access: Access,
  { inside }: Objection,
  entry: (...args: never[]) => unknown,
): boolean {
  if (target === 'integration' && (!inside || isNew(path))) {
    return true;
  }
  const { isLibrary, frame } = callerOf(entry);
  // The testkit reads what is an input by itself: the pinned images, and the stubs of a package.
  if (target === 'integration' && frame !== undefined && isTestkit(resolve(frame))) {
    return true;
  }
  // What libraries ask of the machine, or look for in the folders above a package, is their own matter.
  return (isLibrary || frame === undefined) && (!inside || access !== 'read' || basename(path) === 'package.json');
}

/** Whether a file was made since this process began: a test's own, or a server's. */
function isNew(path: string): boolean {
  const status = files.statSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true && Math.max(status.mtimeMs, status.birthtimeMs) >= performance.timeOrigin;
}

function pathOf(argument: unknown): string | undefined {
  if (typeof argument === 'string') {
    return resolve(argument);
  }
  if (argument instanceof Uint8Array) {
    return resolve(Buffer.from(argument).toString());
  }
  if (argument instanceof URL) {
    return argument.protocol === 'file:' ? fileURLToPath(argument) : undefined;
  }
  return undefined;
}
