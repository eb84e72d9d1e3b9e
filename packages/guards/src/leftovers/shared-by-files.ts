/** Node's modules whose functions tests replace. */
const MODULES = [
  'child_process',
  'dns',
  'fs',
  'fs/promises',
  'http',
  'https',
  'net',
  'os',
  'timers',
  'timers/promises',
  'assert',
  'async_hooks',
  'buffer',
  'crypto',
  'dgram',
  'dns/promises',
  'events',
  'http2',
  'path',
  'perf_hooks',
  'readline',
  'stream',
  'stream/promises',
  'tls',
  'url',
  'util',
  'v8',
  'vm',
  'worker_threads',
  'zlib',
] as const;

/** Globals whose values stand behind getters, which only a reading loads. */
const BEHIND_GETTERS = {
  Buffer,
  Headers,
  Request,
  Response,
  FormData,
  WebSocket,
  crypto,
  performance,
  process,
} as const;

let known: [name: string, owner: object][] | undefined;

/**
 * Objects that all files of a worker share, and that tests change: the globals, Node's modules, and the prototypes of
 * both, by the name that people know.
 */
export function sharedByFiles(): readonly (readonly [name: string, owner: object])[] {
  known ??= findShared();
  // Vitest gives a worker another one.
  return [['console', console], ...known];
}

function findShared(): [name: string, owner: object][] {
  const names = new Map<object, string>();
  const add = (name: string, owner: unknown): void => {
    if (((typeof owner === 'object' && owner !== null) || typeof owner === 'function') && !names.has(owner)) {
      names.set(owner, name);
    }
  };
  const addMembers = (owner: object, nameOf: (key: string) => string): void => {
    for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(owner))) {
      if (typeof value === 'function' && value.prototype !== undefined) {
        add(`${nameOf(key)}.prototype`, value.prototype);
      }
    }
  };
  add('globalThis', globalThis);
  for (const [key, { value }] of Object.entries(Object.getOwnPropertyDescriptors(globalThis))) {
    if (isOfLanguage(key, value)) {
      add(key, value);
    }
  }
  for (const [key, value] of Object.entries(BEHIND_GETTERS)) {
    add(key, value);
  }
  addMembers(globalThis, (key) => key);
  addMembers(BEHIND_GETTERS, (key) => key);
  addMembers(Intl, (key) => `Intl.${key}`);
  add('process.stdout', process.stdout);
  add('process.stderr', process.stderr);
  for (const name of MODULES) {
    const module = process.getBuiltinModule(name);
    add(`node:${name}`, module);
    addMembers(module, (key) => `${name}.${key}`);
  }
  return [...names].map(([owner, name]) => [name, owner]);
}

/** Constructors and namespaces of the language and of Node; what else is global is a file's or Vitest's. */
function isOfLanguage(key: string, value: unknown): boolean {
  if (typeof value === 'function') {
    return /^[A-Z]/.test(key);
  }
  return typeof value === 'object' && ['JSON', 'Math', 'Reflect', 'Intl', 'Atomics'].includes(key);
}
