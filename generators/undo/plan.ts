import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { EXIT, Failure } from '../engine/failure.ts';
import { unmarkConflicts } from '../engine/follow/mark-conflicts.ts';
import type { Plan } from '../engine/generator.ts';
import type { LastRun } from '../engine/last-run/last-run.ts';
import { readLastRun } from '../engine/last-run/last-run-files.ts';
import { presentAt } from '../engine/last-run/present.ts';
import { managerOf } from '../engine/package-manager/managers.ts';
import { locate } from '../engine/plan/confine.ts';
import { changedSince, lineOf } from './changed-since.ts';
import { addedSince, ignoredBy, removeLeftovers } from './others-in-folders.ts';
import { reverseOf } from './reverse-of.ts';

/**
 * Takes back the last run of the workspace.
 * @throws {Failure} (conflict) when there is none, or when something of it has changed since.
 */
export function planUndo(root: string): Plan {
  const run = runToUndo(root);
  const others = addedSince(root, run);
  const ignored = new Set(ignoredBy(root, others));
  const changed = [
    ...changedSince(run, (path) => presentAt(root, path)),
    ...others.filter((path) => !ignored.has(path)).map((path) => ({ path, change: 'added' as const })),
  ];
  if (changed.length > 0) {
    throw new Failure(
      EXIT.conflict,
      `The last run, ${nameOf(run)}, is not undone, because files have changed since:\n${changed.map(lineOf).join('\n')}`,
      'Nothing was written. Bring them back to what the run left, or move them away, and run npx plop undo again; or take back by hand what you do not want: git status and git diff show it.',
    );
  }
  const planned = run.files.map((file) => reverseOf(file, (path) => readFileSync(locate(root, path))));
  const { workspacesFile, lockfile } = managerOf(root);
  const ofDependencies = ['package.json', workspacesFile, lockfile];
  return {
    folder: run.folder,
    planned,
    afterWrite: () => {
      removeLeftovers(root, run.folders);
      unmarkConflicts(root, run.conflicts ?? []);
    },
    ...(planned.some(({ path }) => ofDependencies.includes(basename(path))) ? { installIn: root } : {}),
    conclusion: 'Undone.',
    notes: [
      `The last run was ${nameOf(run)}.`,
      ...[...ignored].map((path) => `${path} stays: git ignores it, and the run did not write it.`),
    ],
  };
}

/** @throws {Failure} (conflict) when there is none. */
function runToUndo(root: string): LastRun {
  const run = readLastRun(root);
  if (run === undefined || run.generator === 'undo') {
    throw new Failure(
      EXIT.conflict,
      run === undefined ? 'There is no run to undo' : 'There is no run to undo: the last one is undone already',
      'Only the last run of a generator is kept, in node_modules until that is made anew. Take back other changes by git.',
    );
  }
  if (run.elsewhere) {
    throw new Failure(
      EXIT.conflict,
      `The last run, ${nameOf(run)}, wrote outside of this workspace, and cannot be undone`,
      `Remove ${run.folder} by hand if it is not needed.`,
    );
  }
  return run;
}

/** A run as it is named to a person, with the local time. */
function nameOf({ generator, folder, time }: LastRun): string {
  const date = new Date(time);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString();
  return `${generator} in ${folder} at ${local.slice(0, 10)} ${local.slice(11, 19)}`;
}
