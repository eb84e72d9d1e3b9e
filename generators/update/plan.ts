import type { Answers } from '../engine/answers/options.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { planFollowing } from '../engine/follow/plan-following.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import { loadGenerators } from '../engine/load-generators.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { readRecord } from '../engine/record/read-record.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { options } from './options.ts';
import { withSettings } from './settings.ts';
import { targetsOf } from './targets.ts';

/**
 * Plans an update: what was generated becomes what today's templates make, or what other answers make, with its owner's
 * edits.
 * @throws {Failure} with nothing written.
 */
export async function planUpdate(
  { package: names, all, set, prove, forceDirty }: Answers<typeof options>,
  workspace: Workspace,
  desk: Desk,
): Promise<Plan> {
  const targets = targetsOf(names, all, workspace);
  if (set.length > 0 && targets.length !== 1) {
    throw new Failure(EXIT.usage, '--set: is for one package at a time', 'Name one package by --package.');
  }
  const generators = await loadGenerators(workspace.root);
  const changes = targets.map(({ folder }) => {
    const runs = readRecord(folder, diskOf(workspace.root));
    return { folder, runs, replayed: withSettings(runs, set, generators) };
  });
  const [only] = targets;
  const label = targets.length === 1 && only !== undefined && only.folder !== '.' ? only.folder : 'what was generated';
  const unchanged = `${label} is up to date`;
  return await planFollowing(changes, { prove, forceDirty, unchanged }, { workspace, generators }, desk);
}
