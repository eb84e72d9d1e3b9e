import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type MergeConflict, mergeTrees } from '../merge/merge-trees.ts';
import { isEqualFile, isEqualTree, type Tree } from '../merge/tree.ts';
import type { Planned } from '../plan/planned.ts';
import { within } from '../plan/within.ts';
import { baseOf } from '../record/base-of.ts';
import { isBaseFile, type RunRecord } from '../record/run-record.ts';
import { committedIn } from '../replay/committed-in.ts';
import { numberLast, renumbered } from '../replay/renumber.ts';
import type { ReplayDesk } from '../replay/replay.ts';
import { withLf, withLineEndsOf } from '../write/line-ends.ts';
import { readClasses } from './classes.ts';
import { crossedChanges, modified } from './crossed-changes.ts';
import type { Following } from './following.ts';
import { formatAlike, formatMerged } from './format-sides.ts';
import { plannedChanges } from './planned-changes.ts';
import { plannedRecord } from './planned-record.ts';
import { ownFiles, readOurs } from './read-ours.ts';

/** What a folder that follows is going to be. */
export interface Followed {
  readonly planned: readonly Planned[];
  /** Paths relative to the workspace. */
  readonly conflicts: readonly MergeConflict[];
  readonly notes: readonly string[];
}

/**
 * Merges what generators make now into a folder, its owner's edits kept: a three-way merge of what was generated, what is
 * there, and what is generated now.
 */
export function follow(
  { folder, to, runs, ...made }: Following,
  { workspace, generators, scratch }: ReplayDesk,
): Followed {
  const { root } = workspace;
  const changes = crossedChanges(runs, generators);
  const base = modified(treeOf(baseOf(runs)), changes);
  const classOf = readClasses(root);
  const added = [...made.files.keys()].filter((path) => classOf(path) === 'once' && !base.has(path));
  const committed = committedIn(root, folder);
  // One that was generated and that nobody else can have run yet goes, or takes the number that it is made with.
  const isHeld = (path: string) => !base.has(path) || committed(path);
  const stay = added.length === 0 ? [] : onceIn(root, folder, classOf).filter(isHeld);
  const paths = numberLast(added, stay);
  const record = renumbered(made.record, paths, isBaseFile);
  const theirs = treeOf(renumbered(made.files, paths));
  if (folder === to && isEqualTree(base, theirs) && areSameRuns(runs, record)) {
    return { planned: [], conflicts: [], notes: [] };
  }
  const present = readOurs(root, folder, [...base.keys(), ...theirs.keys()]);
  const own = new Map([...present].map(([path, file]) => [path, { ...file, content: withLf(file.content) }]));
  const ours = modified(own, changes);
  const alike = formatAlike(root, to, { base, ours, theirs }, scratch);
  const merged = mergeTrees(
    {
      ...alike,
      // A migration that nobody else can have run yet is a file as any other.
      classOf: (path) => (classOf(path) === 'once' && !committed(path) ? 'merged' : classOf(path)),
    },
    scratch,
  );
  const tidied = formatMerged(root, to, alike, merged, scratch);
  const result = new Map(
    [...tidied].map(([path, file]) => {
      const before = present.get(path);
      const isAsItWas = own.get(path)?.content.equals(ours.get(path)?.content ?? Buffer.alloc(0)) === true;
      const isAsFormatted = isAsItWas && alike.ours.get(path)?.content.equals(file.content) === true;
      const content =
        isAsFormatted && before !== undefined
          ? before.content
          : withLineEndsOf(before?.content ?? Buffer.alloc(0), file.content);
      return [path, { ...file, content }];
    }),
  );
  return {
    planned: [
      ...plannedChanges({ folder, to, present, result, renames: merged.renames }),
      ...plannedRecord(root, { folder, to, record }),
    ],
    conflicts: merged.conflicts.map((conflict) => ({ ...conflict, path: within(to, conflict.path) })),
    notes: [
      ...changes.map(({ version, note }) => `${nameOf(to)}, new in ${version}: ${note}`),
      ...merged.kept.map((path) => `${within(to, path)} stays deleted, though its template has changed.`),
      ...stayed(merged.tree, base, theirs, classOf, committed).map(
        (path) => `${within(to, path)} stays as it is: migrations that were committed are never changed.`,
      ),
    ],
  };
}

function nameOf(folder: string): string {
  return folder === '.' ? 'The repository' : folder;
}

/** The files of the owner that are not touched once they are there. */
function onceIn(root: string, folder: string, classOf: (path: string) => string): readonly string[] {
  const paths = folder === '.' ? [] : ownFiles(root, folder);
  return paths.filter((path) => classOf(path) === 'once' && existsSync(join(root, folder, path)));
}

function treeOf(files: ReadonlyMap<string, Buffer>): Tree {
  return new Map([...files].map(([path, content]) => [path, { content, mode: '100644' }]));
}

/** Whether the recorded runs are the same, whatever made them. */
function areSameRuns(runs: readonly RunRecord[], record: Following['record']): boolean {
  const facts = [...record].filter(([path]) => path.endsWith('.json'));
  const answers = facts.map(([, content]) => JSON.stringify((JSON.parse(String(content)) as RunRecord).answers));
  const known = runs.map((run) => JSON.stringify(Object.fromEntries(Object.entries(run.answers).toSorted())));
  return answers.toSorted().join() === known.toSorted().join();
}

function stayed(
  result: Tree,
  base: Tree,
  theirs: Tree,
  classOf: (path: string) => string,
  committed: (path: string) => boolean,
): readonly string[] {
  return [...base].flatMap(([path, before]) => {
    const isHeld = classOf(path) === 'once' && committed(path) && result.has(path);
    return isHeld && !isEqualFile(theirs.get(path), before) ? [path] : [];
  });
}
