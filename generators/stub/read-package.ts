import { readTarget, type TargetPackage } from '../additions/target-package.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { diskOf } from '../engine/plan/disk.ts';
import type { Workspace } from '../engine/workspace.ts';

const ENTERED_IN = ['src/config.ts', 'integration/needs.ts'];

/** Whether the package in this folder has what an upstream is entered in. */
export function isService(folder: string, { root }: Workspace): boolean {
  const disk = diskOf(root);
  return ENTERED_IN.every((path) => disk.exists(`${folder}/${path}`));
}

/**
 * Looks at the package to which a stub is to be added.
 * @throws {Failure} (conflict) when it is not a service, or has an upstream of this name from elsewhere.
 */
export function readPackage(name: string, upstream: string, workspace: Workspace): TargetPackage {
  const target = readTarget(name, { generator: 'stub', by: 'name', answer: upstream }, workspace);
  const { folder, had } = target;
  if (!ENTERED_IN.every(had)) {
    throw new Failure(
      EXIT.conflict,
      `${folder} is not a service: an upstream is entered in src/config.ts and integration/needs.ts, and it does not have both`,
      'Give a package that npx plop service made.',
    );
  }
  const client = `src/upstreams/${upstream}.ts`;
  if (had(client)) {
    throw new Failure(
      EXIT.conflict,
      `${folder} has an upstream ${upstream} already: ${client}`,
      'Choose another name, or add to that one by hand.',
    );
  }
  return target;
}
