import fs from 'node:fs';
import { fileURLToPath } from 'node:url';
import { guardClass } from '../blame/guard-class.ts';
import { loadQuietly } from '../blame/load-quietly.ts';
import { refuse } from '../blame/refusal.ts';
import { once } from '../blame/refusal-log.ts';
import { type AnyFunction, replaceMethod } from '../blame/replace.ts';

const verbs: Record<string, string> = {
  writeFile: 'write to',
  appendFile: 'append to',
  createWriteStream: 'write to',
  truncate: 'truncate',
  mkdir: 'make the folder',
  mkdtemp: 'make a temporary folder',
  mkdtempDisposable: 'make a temporary folder',
  rename: 'rename',
  copyFile: 'copy',
  cp: 'copy',
  link: 'link',
  symlink: 'link',
  rm: 'remove',
  rmdir: 'remove the folder',
  unlink: 'remove',
  chmod: 'change the mode of',
  lchmod: 'change the mode of',
  fchmod: 'change the mode of',
  chown: 'change the owner of',
  lchown: 'change the owner of',
  fchown: 'change the owner of',
  utimes: 'change the times of',
  lutimes: 'change the times of',
  futimes: 'change the times of',
  ftruncate: 'truncate',
  watch: 'watch',
  watchFile: 'watch',
};
const withTwoPaths = new Set(['rename', 'copyFile', 'cp', 'link', 'symlink']);
const { O_WRONLY, O_RDWR, O_CREAT, O_TRUNC, O_APPEND } = fs.constants;
const WRITE_FLAGS = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;

/**
 * Refuses to change the file system. `refuseReads` decides what may be read.
 */
export function refuseWrites(): void {
  for (const [name, verb] of Object.entries(verbs)) {
    refuseWrite(fs, name, verb, false);
    refuseWrite(fs, `${name}Sync`, verb, false);
    refuseWrite(fs.promises, name, verb, name !== 'watch');
  }
  for (const name of ['write', 'writeSync', 'writev', 'writevSync']) {
    refuseWriteToDescriptor(name);
  }
  for (const name of ['open', 'openSync']) {
    refuseOpenToWrite(fs, name, false);
  }
  guardHandles();
  refuseOpenToWrite(fs.promises, 'open', true);
  replaceMethod(fs, 'createReadStream', (original) => {
    const flagsOf = ([path, options]: unknown[]): unknown[] => [path, (options as { flags?: unknown } | null)?.flags];
    return guard(
      original,
      (args) => openedText(flagsOf(args)),
      (args) => opensToWrite(flagsOf(args)[1]),
      false,
    );
  });
  for (const name of ['WriteStream', 'FileWriteStream']) {
    guardClass(fs, name, (args) => (isConsole(args) ? undefined : `write to ${pathText(args[0])}`), 'file');
  }
  const wasi = loadQuietly<object>('node:wasi');
  if (wasi) {
    guardClass(wasi, 'WASI', ([options]) => foldersText(options), 'file');
  }
}

function foldersText(options: unknown): string | undefined {
  const { preopens = {} } = (options ?? {}) as { preopens?: object };
  const folders = Object.values(preopens);
  return folders.length === 0 ? undefined : `give WebAssembly the folder ${folders.join(', ')}`;
}

function refuseWrite(owner: object, name: string, verb: string, promised: boolean): void {
  const plain = name.replace(/Sync$/, '');
  const describe = (args: unknown[]): string =>
    `${verb} ${pathText(args[0])}${withTwoPaths.has(plain) ? ` to ${pathText(args[1])}` : ''}`;
  replaceMethod(owner, name, (original) => guard(original, describe, (args) => !isConsole(args), promised));
}

/** Standard output and error stay open: a logger that writes to them writes no file. */
function isConsole([target, options]: unknown[]): boolean {
  const descriptor = (options as { fd?: unknown } | null | undefined)?.fd ?? target;
  return descriptor === 1 || descriptor === 2;
}

function refuseWriteToDescriptor(name: string): void {
  const describe = ([descriptor]: unknown[]): string => `write to file descriptor ${String(descriptor)}`;
  replaceMethod(fs, name, (original) => guard(original, describe, ([descriptor]) => !isConsole([descriptor]), false));
}

function refuseOpenToWrite(owner: object, name: string, promised: boolean): void {
  replaceMethod(owner, name, (original) => guard(original, openedText, ([, flags]) => opensToWrite(flags), promised));
}

/** The class of file handles is not exported: it is met when the first one is opened. */
function guardHandles(): void {
  replaceMethod(fs.promises, 'open', (original) => {
    return async (...args) => {
      const handle = (await original(...args)) as object;
      const prototype = Object.getPrototypeOf(handle) as object;
      once('file handles', () => {
        for (const name of ['chmod', 'chown', 'utimes', 'truncate', 'appendFile', 'write', 'writeFile', 'writev']) {
          replaceMethod(prototype, name, (method) =>
            guard(
              method,
              () => `change a file by its handle (${name})`,
              () => true,
              true,
            ),
          );
        }
      });
      return handle;
    };
  });
}

function openedText([path, flags]: unknown[]): string {
  return `open ${pathText(path)} for writing (flags ${String(flags)})`;
}

/** Whether flags of fs.open (text, number, or left out) allow more than reading. */
export function opensToWrite(flags: unknown): boolean {
  if (typeof flags === 'number') {
    return (flags & WRITE_FLAGS) !== 0;
  }
  return typeof flags === 'string' && /[wa+]/.test(flags);
}

function guard(
  original: AnyFunction,
  describe: (args: unknown[]) => string,
  isRefused: (args: unknown[]) => boolean,
  promised: boolean,
): AnyFunction {
  const guarded: AnyFunction = function (...args) {
    const refusal = isRefused(args) ? refuse('file', describe(args), guarded) : undefined;
    if (!refusal) {
      return original.apply(this, args);
    }
    if (promised) {
      return Promise.reject(refusal);
    }
    throw refusal;
  };
  return guarded;
}

function pathText(path: unknown): string {
  if (path instanceof URL) {
    return path.protocol === 'file:' ? fileURLToPath(path) : path.href;
  }
  if (typeof path === 'number') {
    return `file descriptor ${path}`;
  }
  return String(path);
}
