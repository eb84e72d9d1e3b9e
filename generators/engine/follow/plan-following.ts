import type { Desk, Generator, Plan } from '../generator.ts';
import { isChange, type Planned } from '../plan/planned.ts';
import type { RunRecord } from '../record/run-record.ts';
import { remake } from '../replay/remake.ts';
import type { ReplayDesk, Replayed } from '../replay/replay.ts';
import { prove } from '../trial/prove.ts';
import type { Proof } from '../trial/steps.ts';
import type { Workspace } from '../workspace.ts';
import { asGenerated } from './as-generated.ts';
import { type Followed, follow } from './follow.ts';
import { leftOf } from './left-of.ts';
import { markConflicts } from './mark-conflicts.ts';
import { refuseDirty, refuseUnmerged } from './refuse-dirty.ts';

/** A generated folder and the runs that are to have made it. */
export interface FolderChange {
  /** Relative to the workspace; `.` is the root. */
  readonly folder: string;
  /** The runs that made it. */
  readonly runs: readonly RunRecord[];
  /** The runs that are made in their place. */
  readonly replayed: readonly Replayed[];
}

/** How folders follow. */
export interface FollowingSettings {
  readonly prove: Proof;
  /** Files that may be changed though they have changes that are not committed. */
  readonly forceDirty: readonly string[];
  /** The sentence for folders that are as they should be already. */
  readonly unchanged: string;
  /** Changes what is planned: other files that follow along. */
  also?(planned: readonly Planned[]): readonly Planned[];
}

/**
 * Plans how generated folders follow other runs, their owner's edits kept.
 * @throws {Failure} with nothing written: where a file has changes that are not committed, where a run cannot be made, and
 * where something that was green would turn red.
 */
export async function planFollowing(
  changes: readonly FolderChange[],
  { prove: proof, forceDirty, unchanged, also = (planned) => planned }: FollowingSettings,
  { workspace, generators }: { workspace: Workspace; generators: readonly Generator[] },
  { scratch, progress }: Pick<Desk, 'scratch' | 'progress'>,
): Promise<Plan> {
  const { root } = workspace;
  refuseUnmerged(
    root,
    changes.map(({ folder }) => folder),
  );
  const followed: (Followed & { readonly folder: string; readonly to: string })[] = [];
  for (const [index, change] of changes.entries()) {
    const count = changes.length > 1 ? ` (${index + 1} of ${changes.length})` : '';
    followed.push(
      await progress.during(`Merging what the templates make into ${nameOf(change.folder)}${count}`, () =>
        followOne(change, { workspace, generators, scratch }),
      ),
    );
  }
  const planned = also(followed.flatMap((each) => each.planned));
  refuseDirty(root, planned, forceDirty, asGenerated(changes, root));
  const conflicts = followed.flatMap((each) => each.conflicts);
  const packages = followed.filter((each) => each.folder !== '.' && each.planned.some(isChange));
  const isConflicting = (place: string) => conflicts.some(({ path }) => path.startsWith(`${place}/`));
  const untried = await prove(packages, planned, isConflicting, proof, root, { scratch, progress });
  const needsInstall = planned.some((each) => isChange(each) && /(^|\/)package\.json$/.test(each.path));
  const [only] = followed;
  return {
    folder: followed.length === 1 && only !== undefined ? nameOf(only.to) : 'what was generated',
    planned,
    ...(needsInstall && { installIn: root }),
    unchanged,
    notes: [...followed.flatMap((each) => each.notes), ...untried],
    afterWrite: () => markConflicts(root, conflicts),
    ...leftOf(conflicts),
  };
}

function nameOf(folder: string): string {
  return folder === '.' ? 'the repository’s own files' : folder;
}

async function followOne({ folder, runs, replayed }: FolderChange, desk: ReplayDesk) {
  const made = await remake(folder, replayed, desk);
  return { folder, to: made.folder, ...follow({ ...made, folder, to: made.folder, runs }, desk) };
}
