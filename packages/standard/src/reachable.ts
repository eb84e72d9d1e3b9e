import { posix } from 'node:path';
import type { Source } from './repository.ts';

/** The sources that are imported from these files by relative paths, themselves among them, by path. */
export function reachable(paths: readonly string[], sources: ReadonlyMap<string, Source>): ReadonlyMap<string, Source> {
  const found = new Map<string, Source>();
  const visit = (path: string): void => {
    const source = sources.get(path);
    if (source === undefined || found.has(path)) {
      return;
    }
    found.set(path, source);
    for (const specifier of source.imports.filter((each) => each.startsWith('.'))) {
      const target = posix.join(posix.dirname(path), specifier);
      for (const candidate of [target, `${target}.ts`, target.replace(/\.js$/, '.ts'), `${target}/index.ts`]) {
        visit(candidate);
      }
    }
  };
  paths.forEach(visit);
  return found;
}
