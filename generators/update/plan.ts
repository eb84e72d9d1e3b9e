import type { Answers } from '../engine/answers/options.ts';
import { EXIT, Failure } from '../engine/failure.ts';
import { type Followed, follow } from '../engine/follow/follow.ts';
import { leftOf } from '../engine/follow/left-of.ts';
import { markConflicts } from '../engine/follow/mark-conflicts.ts';
import { refuseDirty } from '../engine/follow/refuse-dirty.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import { loadGenerators } from '../engine/load-generators.ts';
import { diskOf } from '../engine/plan/disk.ts';
import { isChange } from '../engine/plan/planned.ts';
import { within } from '../engine/plan/within.ts';
import { baseOf } from '../engine/record/base-of.ts';
import { readRecord } from '../engine/record/read-record.ts';
import { isOfRecord } from '../engine/record/run-record.ts';
import { remake } from '../engine/replay/remake.ts';
import type { ReplayDesk } from '../engine/replay/replay.ts';
import { prove } from '../engine/trial/prove.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { options } from './options.ts';
import { withSettings } from './settings.ts';
import { type Target, targetsOf } from './targets.ts';

type UpdateAnswers = Answers<typeof options>;

/**
 * Plans an update: what was generated becomes what today's templates make, or what other answers make, with its owner's
 * edits.
 * @throws {Failure} with nothing written: where a file has changes that are not committed, where a template fails, and where
 * something that was green would turn red.
 */
export async function planUpdate(answers: UpdateAnswers, workspace: Workspace, desk: Desk): Promise<Plan> {
  const targets = targetsOf(answers.package, answers.all, workspace);
  const [only] = targets;
  if (answers.set.length > 0 && (targets.length !== 1 || only === undefined)) {
    throw new Failure(EXIT.usage, '--set: is for one package at a time', 'Name one package by --package.');
  }
  const generators = await loadGenerators(workspace.root);
  const replayDesk = { workspace, generators, scratch: desk.scratch };
  const updates: Followed[] = [];
  const generated = new Map<string, Buffer>();
  for (const [index, target] of targets.entries()) {
    const count = targets.length > 1 ? ` (${index + 1} of ${targets.length})` : '';
    updates.push(
      await desk.progress.during(`Merging what the templates make into ${target.folder}${count}`, () =>
        update(target, answers.set, replayDesk, generated),
      ),
    );
  }
  const planned = updates.flatMap((each) => each.planned);
  const disk = diskOf(workspace.root);
  refuseDirty(workspace.root, planned, answers.forceDirty, (path) => {
    return isRecord(path) || (disk.read(path)?.equals(generated.get(path) ?? Buffer.alloc(0)) ?? false);
  });
  const conflicts = updates.flatMap((each) => each.conflicts);
  const changed = targets.filter((_, index) => updates[index]?.planned.some(isChange));
  const packages = changed.flatMap((each) => (each.folder === '.' ? [] : [{ folder: each.folder, to: each.folder }]));
  const isConflicting = (place: string) => conflicts.some(({ path }) => path.startsWith(`${place}/`));
  const untried = await prove(packages, planned, isConflicting, answers.prove, workspace.root, desk);
  const folder = targets.length === 1 && only !== undefined ? only.folder : 'what was generated';
  const dependsOnOthers = planned.some((each) => isChange(each) && /(^|\/)package\.json$/.test(each.path));
  return {
    folder,
    planned,
    ...(dependsOnOthers && { installIn: workspace.root }),
    unchanged: `${folder} is up to date`,
    notes: [...updates.flatMap((each) => each.notes), ...untried],
    afterWrite: () => markConflicts(workspace.root, conflicts),
    ...leftOf(conflicts),
  };
}

/** @param generated receives every file as it was generated. */
async function update(
  { folder }: Target,
  settings: readonly string[],
  desk: ReplayDesk,
  generated: Map<string, Buffer>,
): Promise<Followed> {
  const runs = readRecord(folder, diskOf(desk.workspace.root));
  for (const [path, content] of baseOf(runs)) {
    generated.set(within(folder, path), content);
  }
  const made = await remake(folder, withSettings(runs, settings, desk.generators), desk);
  return follow({ ...made, folder, to: folder, runs }, desk);
}

function isRecord(path: string): boolean {
  return isOfRecord(path) || path.includes('/.splitlevel/');
}
