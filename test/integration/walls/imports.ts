import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { referencesIn } from '../../../generators/adopt/source/references.ts';
import { parseTypeScript } from '../../../generators/engine/edit/syntax.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';
import { trackedFiles } from '../../tracked-files.ts';

/** An import, also of types, and one that is written as a call. */
export interface Import {
  /** Relative to the repository, as `to`. */
  readonly from: string;
  /** The file, for what is imported by a path. */
  readonly to?: string;
  /** The module, for what is imported by a name: '@splitlevel/guards/caller'. */
  readonly name?: string;
}

/**
 * The imports of the TypeScript files that git tracks, or would, in the order of the files.
 * @param folders relative to the repository.
 */
export function importsOf(...folders: readonly string[]): readonly Import[] {
  const files = trackedFiles(...folders).filter((path) => path.endsWith('.ts'));
  return files.flatMap((from) => {
    const { statements } = parseTypeScript(from, readFileSync(join(repositoryRoot, from), 'utf8'));
    const imported = referencesIn(statements).filter(({ use }) => use === 'import');
    return imported.map(({ text }): Import => {
      if (!text.startsWith('.')) {
        return { from, name: text };
      }
      return { from, to: posix.join(posix.dirname(from), text) };
    });
  });
}

/** Circles among files that import each other, each once, as the files in the order of their imports. */
export function circlesIn(imports: readonly Import[]): readonly (readonly string[])[] {
  const graph = Map.groupBy(
    imports.filter(({ to }) => to !== undefined),
    ({ from }) => from,
  );
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const at = path.indexOf(file);
    if (at !== -1) {
      circles.push(path.slice(at));
    }
    if (at !== -1 || done.has(file)) {
      return;
    }
    for (const { to } of graph.get(file) ?? []) {
      visit(to as string, [...path, file]);
    }
    done.add(file);
  };
  for (const file of graph.keys()) {
    visit(file, []);
  }
  return circles;
}
