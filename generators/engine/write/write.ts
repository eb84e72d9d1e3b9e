import {
  chmodSync,
  chownSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  renameSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Failure, messageOf } from '../failure.ts';
import { hashOf } from '../make/content-hash.ts';
import { isChange, type Planned } from '../plan/planned.ts';
import { bringIn, journalOf, type Move, refuseChanged, removeStage, STAGE, staged } from './stage.ts';

/**
 * Writes what was planned, all or nothing. Everything is staged first. A single new folder or file then comes in by one
 * rename; several, and a removal, are entered in a journal whose presence commits the run: after a kill the next run
 * completes them, or removes what was not committed.
 * @throws {Failure} with the workspace as it was.
 */
export function writeFiles(root: string, planned: readonly Planned[]): void {
  const changes = planned.filter(isChange);
  const moves = movesOf(root, changes);
  const done: Move[] = [];
  try {
    stage(root, changes);
    for (const move of moves) {
      refuseChanged(root, move);
    }
    if (moves.length > 1 || moves.some(({ gone }) => gone)) {
      commit(root, moves);
    }
    for (const move of moves) {
      bringIn(root, move);
      done.push(move);
    }
  } catch (error) {
    takeBack(root, done);
    removeStage(root);
    throw error instanceof Failure ? error : writingFailure(error);
  }
  removeStage(root);
}

/** The fewest renames that bring the changes in: a folder that is new comes in as a whole. */
function movesOf(root: string, changes: readonly Planned[]): readonly Move[] {
  const moves = new Map<string, Move>();
  for (const { path, before, from, fate } of changes) {
    if (fate === 'remove') {
      continue;
    }
    const segments = path.split('/');
    const known = segments.findIndex((_, index) => !existsSync(join(root, ...segments.slice(0, index + 1))));
    const top = known === -1 ? path : segments.slice(0, known + 1).join('/');
    moves.set(top, { path: top, before: before === undefined || from !== undefined ? null : hashOf(before) });
  }
  const gone = changes.flatMap(({ path, from, before, fate }): Move[] => {
    const left = fate === 'remove' ? path : from;
    return left === undefined || before === undefined ? [] : [{ path: left, before: hashOf(before), gone: true }];
  });
  return [...moves.values(), ...gone];
}

function stage(root: string, changes: readonly Planned[]): void {
  mkdirSync(join(root, STAGE));
  for (const { path, from, before, after, fate, mode } of changes) {
    if (fate === 'remove') {
      continue;
    }
    const target = staged(root, 'tree', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, after ?? '');
    if (before !== undefined) {
      keepStatus(statSync(join(root, from ?? path)), target);
    }
    if (mode !== undefined) {
      chmodSync(target, mode);
    }
    if (before !== undefined && from === undefined) {
      const copy = staged(root, 'undo', path);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(root, path), copy);
    }
  }
}

/** Gives a new version of a file the mode, whatever the umask, and the owner of the one that it takes the place of. */
function keepStatus({ mode, uid, gid }: Stats, target: string): void {
  const made = statSync(target);
  // A process that may not give files away keeps the owner that new files have.
  if (process.getuid?.() === 0 && (made.uid !== uid || made.gid !== gid)) {
    chownSync(target, uid, gid);
  }
  chmodSync(target, mode & 0o7777);
}

function commit(root: string, moves: readonly Move[]): void {
  const draft = `${journalOf(root)}.draft`;
  writeFileSync(draft, JSON.stringify(moves));
  renameSync(draft, journalOf(root));
}

/**
 * Undoes the moves that were brought in. Each step leaves what the journal can complete, should the process be killed.
 * @throws {Failure} when the disk refuses this too; the journal then stays.
 */
function takeBack(root: string, done: readonly Move[]): void {
  try {
    for (const { path, before, gone } of done.toReversed()) {
      const target = join(root, path);
      const source = staged(root, 'tree', path);
      if (gone) {
        mkdirSync(dirname(target), { recursive: true });
        renameSync(staged(root, 'undo', path), target);
      } else if (before === null) {
        renameSync(target, source);
      } else {
        copyFileSync(target, `${source}.draft`);
        renameSync(`${source}.draft`, source);
        renameSync(staged(root, 'undo', path), target);
      }
    }
  } catch (error) {
    throw new Failure(
      EXIT.failed,
      `The files were written in part, and could not be taken back: ${messageOf(error)}`,
      'Look at the permissions and the space of the disk; the next run of a generator then completes them.',
      error,
    );
  }
}

function writingFailure(error: unknown): Failure {
  return new Failure(
    EXIT.failed,
    `The files could not be written: ${messageOf(error)}`,
    'Nothing was changed. Look at the permissions and the space of the disk, then run the command again.',
    error,
  );
}
