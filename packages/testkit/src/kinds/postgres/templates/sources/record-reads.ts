import { AsyncLocalStorage } from 'node:async_hooks';
import { resolve } from 'node:path';

/** The disk accesses of a piece of work. */
export interface Reads {
  /** Files that were opened to be read, whether they are there or not. */
  readonly files: ReadonlySet<string>;
  /** Directories that were listed. */
  readonly directories: ReadonlySet<string>;
  /** Files and directories that were written or made. */
  readonly written: ReadonlySet<string>;
  /** Of processes that were started: their working directories, and the paths among their arguments. */
  readonly processes: { readonly directory: string; readonly paths: readonly string[] }[];
}

type Functions = Record<string, (...parameters: unknown[]) => unknown>;
/** Node's own functions below `node:fs`, which also serve those who took a function of it before. */
const binding = (process as unknown as { binding(name: string): unknown }).binding;

/** `fs.constants`: O_WRONLY, O_RDWR and O_CREAT. */
const WRITING = 1 | 2 | 64;

/** Tells the work from what the process does beside it. */
const current = new AsyncLocalStorage<object>();

/** Does work, and records what it reads, by whatever library. */
export async function recordReads<T>(work: () => Promise<T>): Promise<{ result: T; reads: Reads }> {
  const [files, directories, written] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const processes: Reads['processes'] = [];
  const self = {};
  const note = (set: Set<string>) => (path: unknown) => void (typeof path === 'string' && set.add(resolve(path)));
  const opened = (path: unknown, flags: unknown) => note((Number(flags) & WRITING) === 0 ? files : written)(path);
  const started = (options: unknown) => {
    const { cwd, args = [] } = options as { cwd?: string; args?: readonly string[] };
    const directory = resolve(cwd ?? '.');
    processes.push({ directory, paths: args.map((value) => resolve(directory, value)) });
  };
  const fs = binding('fs') as Functions;
  const { Process } = binding('process_wrap') as { Process: { prototype: Functions } };
  const undo = [
    watch(self, fs, 'open', opened),
    watch(self, fs, 'openFileHandle', opened),
    watch(self, fs, 'readFileUtf8', note(files)),
    watch(self, fs, 'readdir', note(directories)),
    watch(self, fs, 'opendir', note(directories)),
    watch(self, fs, 'opendirSync', note(directories)),
    watch(self, fs, 'writeFileUtf8', note(written)),
    watch(self, fs, 'mkdir', note(written)),
    watch(self, Process.prototype, 'spawn', started),
    watch(self, binding('spawn_sync') as Functions, 'spawn', started),
  ];
  try {
    const result = await current.run(self, work);
    const isOwn = (path: string) => [...written].some((made) => path === made || path.startsWith(`${made}/`));
    const kept = (paths: Set<string>) => new Set([...paths].filter((path) => !isOwn(path) && !SYSTEM.test(path)));
    return { result, reads: { files: kept(files), directories: kept(directories), written, processes } };
  } finally {
    for (const restore of undo) {
      restore();
    }
  }
}

/** The machine's own state: never the same twice. */
const SYSTEM = /^\/(?:proc|sys|dev)\//;

/** Listens to the calls of a function. @returns what puts the function back. */
function watch(
  self: object,
  functions: Functions,
  name: string,
  listen: (...parameters: unknown[]) => void,
): () => void {
  const original = functions[name];
  if (original === undefined) {
    return () => {};
  }
  const listening = function (this: unknown, ...parameters: unknown[]) {
    if (current.getStore() === self) {
      listen(...parameters);
    }
    return Reflect.apply(original, this, parameters);
  };
  functions[name] = listening;
  return () => {
    if (functions[name] === listening) {
      functions[name] = original;
    }
  };
}
