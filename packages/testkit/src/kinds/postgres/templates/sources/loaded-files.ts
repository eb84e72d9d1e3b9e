import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeImportsOf } from '@splitlevel/guards/native-modules';

/** A module that Vitest evaluated: https://vite.dev/guide/api-environment-runtimes#modulerunner */
interface EvaluatedModule {
  readonly file: string;
  /** Ids. */
  readonly imports: ReadonlySet<string>;
}

interface EvaluatedModules {
  getModuleById(id: string): EvaluatedModule | undefined;
  readonly fileToModulesMap: ReadonlyMap<string, ReadonlySet<EvaluatedModule>>;
}

/** The testkit is part of a template by its own version. */
const OWN = resolve(import.meta.dirname, '../../../..');
const SKIPPED = /\/node_modules\/(?:vitest|vite|@vitest)\//;

/**
 * The files that were loaded into this process from some files on, over all that these import, by Vitest and by Node; with
 * the files themselves.
 */
export function loadedFiles(roots: readonly string[]): string[] {
  const reached = new Set(roots.filter(isCounted));
  for (const file of reached) {
    for (const next of [...vitestImportsOf(file), ...nativeImportsOf(file)]) {
      if (isCounted(next)) {
        reached.add(next);
      }
    }
  }
  return [...reached];
}

function isCounted(file: string): boolean {
  return file.startsWith('/') && !file.startsWith(`${OWN}/`) && !SKIPPED.test(file);
}

function vitestImportsOf(file: string): string[] {
  const { __vitest_worker__: worker } = globalThis as { __vitest_worker__?: { evaluatedModules?: EvaluatedModules } };
  const modules = worker?.evaluatedModules;
  const nodes = [...(modules?.fileToModulesMap.get(file) ?? [])];
  return nodes.flatMap(({ imports }) => [...imports].map((id) => pathOf(modules?.getModuleById(id)?.file ?? id)));
}

/** A path of what may be a URL, or have a query. */
function pathOf(id: string): string {
  return id.startsWith('file:') ? fileURLToPath(id) : id.replace(/^\/@fs\//, '/').replace(/\?.*$/, '');
}
