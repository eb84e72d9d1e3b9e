import { createRequire, isBuiltin } from 'node:module';

const { cache } = createRequire(import.meta.url);

/** The namespace of a module, as `import * as rates from './rates.ts'` gives it. */
export function isNamespace(object: unknown): boolean {
  return typeof object === 'object' && object !== null && Object.prototype.toString.call(object) === '[object Module]';
}

/** Whether an object is all that a module exports: a namespace, one of Node's modules, or a CommonJS module. */
export function isModule(object: unknown): boolean {
  if (isNamespace(object)) return true;
  // Both are modules of Node's, and objects that code is used to have replaced.
  if (object === process || object === console) return false;
  if (typeof object !== 'object' && typeof object !== 'function') return false;
  return builtins.has(object as object) || Object.values(cache).some((module) => module?.exports === object);
}

/** Modules of Node's that reach out of the process, or whose exports tests like to replace. */
const builtins = new Set<object>(
  [
    ...['child_process', 'crypto', 'dgram', 'dns', 'dns/promises', 'fs', 'fs/promises', 'http', 'http2', 'https'],
    ...['net', 'os', 'path', 'stream', 'timers', 'timers/promises', 'tls', 'url', 'util', 'worker_threads', 'zlib'],
  ]
    .map((name) => `node:${name}`)
    .filter(isBuiltin)
    .map((name) => process.getBuiltinModule(name) as unknown as object),
);
