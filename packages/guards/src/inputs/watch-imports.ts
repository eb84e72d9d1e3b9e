import { pathOf } from '../blame/refusal.ts';
import { Refusal } from '../blame/refusal-error.ts';
import { type ModuleGraph, undeclaredImports } from './check-imports.ts';
import type { Target } from './judge.ts';

interface WorkerState {
  readonly evaluatedModules: { readonly idToModuleMap: ModuleGraph };
  readonly filepath?: string;
}

/**
 * The refusals of what a test file has imported until now. Imported modules have been loaded by then: a refusal fails
 * the file, and its package alone.
 * @param file the test file's path
 */
export function refuseImports(target: Target, file: string): Refusal[] {
  // Vitest's own, which it keeps for no one else: every module with what it imports.
  const { evaluatedModules } = (globalThis as unknown as { __vitest_worker__: WorkerState }).__vitest_worker__;
  return undeclaredImports(evaluatedModules.idToModuleMap, file, target).map(
    ({ place, specifier, loaded, advice }) =>
      new Refusal(
        'UndeclaredImport',
        `${place} imports ${specifier}${specifier === loaded ? '' : `, which is ${loaded}`}; the ${target} test file ${pathOf(file)} loads it.\n${advice}`,
      ),
  );
}
