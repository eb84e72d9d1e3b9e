import { AsyncLocalStorage } from 'node:async_hooks';
import { fileURLToPath } from 'node:url';
import * as runtime from 'vitest/runtime';
import { type AnyFunction, replaceMethod } from './replace.ts';

/** The file whose module scope runs, by asynchronous context. */
const loading = new AsyncLocalStorage<string>();

/**
 * From now on tells whose code has run, whenever a module is about to be loaded and when it has been.
 * @param hasRun called with the file whose module scope ran since the last call; undefined for tests, hooks and Vitest
 */
export function watchLoading(hasRun: (file: string | undefined) => void): void {
  const watch = (name: string, runsCode: (args: unknown[]) => boolean, fileOf: (args: unknown[]) => string): void =>
    replaceMethod(evaluator(), name, (original) => {
      const watched: AnyFunction = async function (...args) {
        if (!runsCode(args)) {
          return (await original.apply(this, args)) as unknown;
        }
        hasRun(loading.getStore());
        const file = fileOf(args);
        try {
          return (await loading.run(file, () => original.apply(this, args))) as unknown;
        } finally {
          hasRun(file);
        }
      };
      return watched;
    });
  const started = new Set<unknown>();
  const isFirst = (id: unknown): boolean => started.size < started.add(id).size;
  watch(
    'runInlinedModule',
    () => true,
    ([, , module]) => (module as { file: string }).file,
  );
  // Node evaluates a module once.
  watch(
    'runExternalModule',
    ([id]) => isFirst(id),
    ([id]) => pathOf(String(id)),
  );
}

/** A module that Node loads, of an installed package or of Node's own, by its URL, path or name. */
function pathOf(id: string): string {
  return id.startsWith('file://') ? fileURLToPath(id) : id;
}

/** Vitest's own: the methods that run a module's code. */
function evaluator(): object {
  const { __INTERNAL } = runtime as unknown as { __INTERNAL?: { VitestModuleEvaluator?: { prototype: object } } };
  const prototype = __INTERNAL?.VitestModuleEvaluator?.prototype;
  if (!prototype || !('runInlinedModule' in prototype) || !('runExternalModule' in prototype)) {
    throw new Error(`Vitest runs modules elsewhere now: adapt ${import.meta.filename}.`);
  }
  return prototype;
}
