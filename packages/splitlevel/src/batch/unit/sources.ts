import type { ProjectGraph } from 'nx/src/config/project-graph.js';

/** Vitest loads them itself in every thread, and what is left in fast-check's settings the guard sets back. */
const OF_ALL = /^npm:(@types\/.*|vitest|fast-check)$/;

/** A project and all that it depends on, by other projects too: names of the graph. */
export function sourcesOf(project: string, { dependencies }: ProjectGraph): readonly string[] {
  const found = new Set([project]);
  for (const name of found) {
    for (const { target } of dependencies[name] ?? []) {
      if (!OF_ALL.test(target)) {
        found.add(target);
      }
    }
  }
  return [...found];
}
