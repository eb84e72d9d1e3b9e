import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Planned } from '../engine/plan.ts';
import type { Proven } from './plan.ts';
import type { AdoptedPackage } from './read-package.ts';

/** What was tried as a plan: every file that becomes another. */
export function plannedOf(root: string, { folder }: AdoptedPackage, { draft, trial }: Proven): readonly Planned[] {
  const { moved, removed } = draft;
  const read = (path: string) => readFileSync(join(root, folder, path));
  const present = new Set(filesIn(join(root, folder)));
  const origins = new Map([...moved].map(([from, to]) => [to, from]));
  const written = [...trial.files].flatMap(([path, after]): Planned[] => {
    const from = origins.get(path);
    const whole = `${folder}/${path}`;
    if (from !== undefined)
      return [{ path: whole, fate: 'move', from: `${folder}/${from}`, before: read(from), after }];
    if (!present.has(path)) return [{ path: whole, fate: 'create', before: undefined, after }];
    const before = read(path);
    return before.equals(after) ? [] : [{ path: whole, fate: 'edit', before, after }];
  });
  const gone = removed.map((path): Planned => {
    return { path: `${folder}/${path}`, fate: 'remove', before: read(path), after: undefined };
  });
  return [...written, ...gone].toSorted(
    (left, right) => order(left) - order(right) || (left.path < right.path ? -1 : 1),
  );
}

/** Moves first, as the report has them. */
function order({ fate }: Planned): number {
  return ['move', 'edit', 'create', 'remove'].indexOf(fate);
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !path.split('/').includes('node_modules'));
}
