import { EXIT, Failure } from '../engine/failure.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { hasRecord } from '../engine/record/read-record.ts';
import type { Workspace } from '../engine/workspace.ts';

/** A folder that is to be updated. */
export interface Target {
  readonly name: string;
  /** Relative to the workspace; `.` is the root. */
  readonly folder: string;
}

/**
 * The folders that an update is about, in the order of their paths.
 * @throws {Failure} (wrong usage) when none is named, (conflict) when one was not made by a generator.
 */
export function targetsOf(names: readonly string[], all: boolean, { root, projects }: Workspace): readonly Target[] {
  const disk = diskOf(root);
  const generated = [...projects]
    .map(([name, folder]): Target => ({ name, folder }))
    .filter(({ folder }) => hasRecord(folder, disk))
    .toSorted((left, right) => (left.folder < right.folder ? -1 : 1));
  if (all) {
    if (generated.length === 0) {
      throw new Failure(
        EXIT.conflict,
        'Nothing in this workspace was made by a generator',
        'npx plop service makes a package.',
      );
    }
    return generated;
  }
  if (names.length === 0) {
    throw new Failure(
      EXIT.usage,
      '--package or --all must be given: no package was named, and this is the folder of none',
      'Name packages, as in --package orders, or update everything by --all.',
    );
  }
  return names.map((name) => {
    const target = generated.find((each) => each.name === name);
    if (target === undefined) {
      throw new Failure(
        EXIT.conflict,
        `${projects.get(name) ?? name} cannot be updated: it has no record of a generator`,
        'Only what generators made can follow them.',
      );
    }
    return target;
  });
}
