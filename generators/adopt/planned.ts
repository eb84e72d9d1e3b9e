import { join } from 'node:path';
import { filesBelow } from '../engine/copy/files-below.ts';
import type { Planned } from '../engine/plan/planned.ts';
import type { Proven } from './proven.ts';
import type { AdoptedPackage } from './read-package.ts';

/** The plan of a trial that was green: every file that changes. */
export function plannedOf(root: string, { folder }: AdoptedPackage, { draft, trial }: Proven): readonly Planned[] {
  const { moved, removed } = draft;
  const present = filesBelow(join(root, folder));
  const origins = new Map([...moved].map(([from, to]) => [to, from]));
  const written = [...trial.files].flatMap(([path, after]): Planned[] => {
    const from = origins.get(path);
    const whole = `${folder}/${path}`;
    const before = present.get(from ?? path);
    if (from !== undefined) {
      return [{ path: whole, fate: 'move', from: `${folder}/${from}`, before, after }];
    }
    if (before === undefined) {
      return [{ path: whole, fate: 'create', before, after }];
    }
    return before.equals(after) ? [] : [{ path: whole, fate: 'edit', before, after }];
  });
  const gone = removed.map((path): Planned => {
    return { path: `${folder}/${path}`, fate: 'remove', before: present.get(path), after: undefined };
  });
  return [...written, ...gone].toSorted(
    (left, right) => order(left) - order(right) || (left.path < right.path ? -1 : 1),
  );
}

/** Moves first, as the report has them. */
function order({ fate }: Planned): number {
  return ['move', 'edit', 'create', 'remove'].indexOf(fate);
}
