import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure } from '../engine/failure.ts';
import { asGenerated } from '../engine/follow/as-generated.ts';
import { readOurs } from '../engine/follow/read-ours.ts';
import { refuseDirty } from '../engine/follow/refuse-dirty.ts';
import type { Plan } from '../engine/generator.ts';
import { diskOf } from '../engine/plan/disk.ts';
import type { Planned } from '../engine/plan/planned.ts';
import { readRuns, recordPaths } from '../engine/record/read-record.ts';
import type { Workspace } from '../engine/workspace.ts';
import { noteLeftovers, removeLeftovers } from '../rename/remove-leftovers.ts';
import { dependentsOf } from './dependents-of.ts';

/**
 * Plans the removal of a whole package.
 * @throws {Failure} (conflict) where others depend on it, or it has changes that are not committed.
 */
export function planPackageRemoval(
  name: string,
  folder: string,
  forceDirty: readonly string[],
  workspace: Workspace,
): Plan {
  const { root } = workspace;
  const dependents = dependentsOf(name, folder, workspace);
  if (dependents.length > 0) {
    throw new Failure(
      EXIT.conflict,
      `${folder} cannot be removed, since others depend on it: ${dependents.join('; ')}`,
      'Remove the dependencies first.',
    );
  }
  const disk = diskOf(root);
  const files = [...readOurs(root, folder, []).keys(), ...recordPaths(folder, disk)];
  const planned = files.map((path): Planned => {
    const before = readFileSync(join(root, folder, path));
    return { path: `${folder}/${path}`, fate: 'remove', before, after: undefined };
  });
  refuseDirty(root, planned, forceDirty, asGenerated([{ folder, runs: readRuns(folder, disk) }], root));
  return {
    folder,
    planned,
    installIn: root,
    conclusion: `Removed ${folder}.`,
    notes: noteLeftovers(root, folder, planned),
    afterWrite: () => removeLeftovers(root, folder),
  };
}
