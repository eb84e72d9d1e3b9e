import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** Files that Node loaded itself, by the file that asked for them; one map for the thread, however often this module is loaded. */
const KEY = Symbol.for('splitlevel.testkit.native-modules');
const holder = globalThis as { [KEY]?: Map<string, Set<string>> };

/** From now on it is known which files Node loads itself. To be called before the code that is watched is loaded. */
export function watchNativeModules(): void {
  if (holder[KEY] !== undefined) {
    return;
  }
  const graph = new Map<string, Set<string>>();
  Object.defineProperty(holder, KEY, { value: graph, enumerable: false });
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const result = nextResolve(specifier, context);
      const { parentURL } = context;
      if (parentURL?.startsWith('file:') && result.url.startsWith('file:')) {
        note(graph, fileURLToPath(parentURL), fileURLToPath(result.url));
      }
      return result;
    },
  });
}

function note(graph: Map<string, Set<string>>, parent: string, file: string): void {
  const known = graph.get(parent);
  if (known) {
    known.add(file);
  } else {
    graph.set(parent, new Set([file]));
  }
}

const { cache } = createRequire(import.meta.url);

/** The files that a file had Node load: those that were seen, and those of CommonJS. */
export function nativeImportsOf(file: string): string[] {
  const required = cache[file]?.children ?? [];
  return [...(holder[KEY]?.get(file) ?? []), ...required.map(({ filename }) => filename)];
}
