import { createRequire, isBuiltin } from 'node:module';
import { isTestCode } from '../inputs/test-path.ts';

const { cache } = createRequire(import.meta.url);

/** The namespace of a module, as `import * as rates from './rates.ts'` gives it. */
export function isNamespace(object: unknown): boolean {
  return typeof object === 'object' && object !== null && Object.prototype.toString.call(object) === '[object Module]';
}

/** Whether an object is all that a module exports: a namespace, one of Node's modules, or a CommonJS module. */
export function isModule(object: unknown): boolean {
  if (isNamespace(object)) {
    return true;
  }
  // Both are modules of Node's, and objects that code is used to have replaced.
  if (object === process || object === console) {
    return false;
  }
  if (typeof object !== 'object' && typeof object !== 'function') {
    return false;
  }
  return builtins.has(object as object) || Object.values(cache).some((module) => module?.exports === object);
}

/** Modules of Node's that reach out of the process, or whose exports tests like to replace. */
const builtins = new Set<object>(
  [
    'child_process',
    'crypto',
    'dgram',
    'dns',
    'dns/promises',
    'fs',
    'fs/promises',
    'http',
    'http2',
    'https',
    'net',
    'os',
    'path',
    'stream',
    'timers',
    'timers/promises',
    'tls',
    'url',
    'util',
    'worker_threads',
    'zlib',
  ]
    .map((name) => `node:${name}`)
    .filter(isBuiltin)
    .map((name) => process.getBuiltinModule(name) as unknown as object),
);

/**
 * Names an object that a module exports: 'the class Client' for a class and its prototype, else 'an object'. Undefined
 * for objects that the test made itself, for globals, and for exports of files that only tests load.
 */
export function exportThatHolds(object: unknown): string | undefined {
  const exported = classOf(object) ?? object;
  if ((typeof exported !== 'object' && typeof exported !== 'function') || exported === null) {
    return undefined;
  }
  if (!exportedObjects().has(exported) || valuesOf(globalThis).includes(exported)) {
    return undefined;
  }
  return typeof exported === 'function' ? `the class ${exported.name}` : 'an object';
}

function classOf(object: unknown): unknown {
  if (typeof object !== 'object' || object === null) {
    return undefined;
  }
  const made = Object.getOwnPropertyDescriptor(object, 'constructor')?.value as { prototype?: unknown } | undefined;
  return made?.prototype === object ? made : undefined;
}

interface EvaluatedModule {
  readonly file: string;
  readonly exports?: unknown;
}

function exportedObjects(): Set<unknown> {
  // Vitest's own, which it keeps for no one else.
  const { __vitest_worker__: worker } = globalThis as unknown as {
    __vitest_worker__: { evaluatedModules: { idToModuleMap: ReadonlyMap<string, EvaluatedModule> } };
  };
  const loaded = [...worker.evaluatedModules.idToModuleMap.values()];
  const modules: unknown[] = [
    ...loaded.filter(({ file }) => !isTestCode(file)).map(({ exports }) => exports),
    ...Object.values(cache).map((module) => (isTestCode(module?.filename ?? '') ? undefined : module?.exports)),
    ...builtins,
  ];
  return new Set([...modules, ...modules.flatMap(valuesOf)]);
}

/** The values of an object's own properties; of getters only those of namespaces, since others may load what they return. */
function valuesOf(object: unknown): unknown[] {
  if ((typeof object !== 'object' && typeof object !== 'function') || object === null) {
    return [];
  }
  const readsGetters = isNamespace(object);
  return Object.values(Object.getOwnPropertyDescriptors(object)).map(({ value, get }): unknown => {
    if (!get || !readsGetters) {
      return value;
    }
    try {
      return get.call(object);
    } catch {
      return undefined; // Not yet evaluated, in a cycle of imports.
    }
  });
}
