import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { confine } from './confine.ts';
import { EXIT, Failure, messageOf } from './failure.ts';
import type { Planned } from './plan.ts';
import { hashOf } from './record.ts';

/** The folder of a run that writes, in the workspace's root. It is there while a run writes, and after a kill. */
export const STAGE = '.splitlevel';

/** One rename of what was staged to where it belongs. */
interface Move {
  /** A file, or a folder that does not exist yet; relative to the workspace and to the staged tree alike. */
  readonly path: string;
  /** Hash of the file that is replaced; null where there must be nothing. */
  readonly before: string | null;
}

/**
 * Writes what was planned, all or nothing. Everything is staged first. A single new folder or file then comes in by one
 * rename; several are entered in a journal whose presence commits the run: a kill after that is completed by `mend`, a
 * kill before it is undone.
 * @throws Failure with the workspace as it was.
 */
export function writeFiles(root: string, planned: readonly Planned[]): void {
  const changes = planned.filter(({ fate }) => fate === 'create' || fate === 'edit');
  const moves = movesOf(root, changes);
  try {
    stage(root, changes);
    for (const move of moves) {
      refuseChangedSince(root, move);
    }
    if (moves.length > 1) {
      commit(root, moves);
    }
    rename(root, moves);
  } catch (error) {
    rmSync(join(root, STAGE), { recursive: true, force: true });
    throw failureOf(error);
  }
  rmSync(join(root, STAGE), { recursive: true, force: true });
}

/** Whether an earlier run was killed while it wrote. */
export function needsMending(root: string): boolean {
  return existsSync(join(root, STAGE));
}

/**
 * Completes or undoes what a killed run left.
 * @throws Failure (conflict) when a file that the killed run was to replace has changed since.
 */
export function mend(root: string): void {
  const journal = join(root, STAGE, 'journal.json');
  if (existsSync(journal)) {
    const moves = (JSON.parse(readFileSync(journal, 'utf8')) as Move[]).filter(({ path }) =>
      existsSync(join(root, STAGE, 'tree', path)),
    );
    for (const move of moves) {
      refuseChangedSince(root, move);
    }
    rename(root, moves);
  }
  rmSync(join(root, STAGE), { recursive: true, force: true });
}

/** The fewest renames that bring the changes in: a folder that is new comes in as a whole. */
function movesOf(root: string, changes: readonly Planned[]): readonly Move[] {
  const moves = new Map<string, Move>();
  for (const { path, before } of changes) {
    const segments = path.split('/');
    const known = segments.findIndex((_, index) => !existsSync(join(root, ...segments.slice(0, index + 1))));
    const top = known === -1 ? path : segments.slice(0, known + 1).join('/');
    moves.set(top, { path: top, before: before === undefined ? null : hashOf(before) });
  }
  return [...moves.values()];
}

function stage(root: string, changes: readonly Planned[]): void {
  mkdirSync(join(root, STAGE));
  for (const { path, before, after } of changes) {
    const target = join(root, STAGE, 'tree', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, after ?? '', before === undefined ? {} : { mode: statSync(join(root, path)).mode });
    if (before !== undefined) {
      const copy = join(root, STAGE, 'undo', path);
      mkdirSync(dirname(copy), { recursive: true });
      copyFileSync(join(root, path), copy);
    }
  }
}

function commit(root: string, moves: readonly Move[]): void {
  const draft = join(root, STAGE, 'journal.draft');
  writeFileSync(draft, JSON.stringify(moves));
  renameSync(draft, join(root, STAGE, 'journal.json'));
}

/** Brings the moves in, or none of them. */
function rename(root: string, moves: readonly Move[]): void {
  const done: Move[] = [];
  try {
    for (const move of moves) {
      renameSync(join(root, STAGE, 'tree', move.path), confine(root, move.path));
      done.push(move);
    }
  } catch (error) {
    for (const { path, before } of done.toReversed()) {
      const [from, to] = before === null ? [path, join(STAGE, 'tree', path)] : [join(STAGE, 'undo', path), path];
      renameSync(join(root, from), join(root, to));
    }
    throw error;
  }
}

function refuseChangedSince(root: string, { path, before }: Move): void {
  const target = confine(root, path);
  const now = existsSync(target) ? (before === null ? '' : hashOf(readFileSync(target))) : null;
  if (now !== before) {
    throw new Failure(
      EXIT.conflict,
      `${path} was changed by somebody else while the generator ran`,
      `Run the command again; if an earlier run was killed, remove ${STAGE} first to give it up.`,
    );
  }
}

function failureOf(error: unknown): Failure {
  return error instanceof Failure
    ? error
    : new Failure(
        EXIT.failed,
        `The files could not be written: ${messageOf(error)}`,
        'Nothing was changed. Look at the permissions and the space of the disk, then run the command again.',
        error,
      );
}
