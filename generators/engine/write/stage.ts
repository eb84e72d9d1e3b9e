import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Failure } from '../failure.ts';
import { hashOf } from '../make/content-hash.ts';
import { confine } from '../plan/confine.ts';

/** The folder of a run that writes, in the workspace's root. It is there while a run writes, and after a kill. */
export const STAGE = '.splitlevel-stage';

/** One rename of what was staged to where it belongs, or of what goes out of the way. */
export interface Move {
  /** A file, or a folder that does not exist yet; relative to the workspace and to the staged tree alike. */
  readonly path: string;
  /** Hash of the file that is replaced; null where there must be nothing. */
  readonly before: string | null;
  /** The file goes: it was moved elsewhere. */
  readonly gone?: true;
}

/** Where something is while it is staged: the new tree, or the copies of what is replaced. */
export function staged(root: string, part: 'tree' | 'undo', path: string): string {
  return join(root, STAGE, part, path);
}

/** The list of moves. It is there from the moment when all of them are staged until none of them is. */
export function journalOf(root: string): string {
  return join(root, STAGE, 'journal.json');
}

/** Brings one move in. */
export function bringIn(root: string, { path, gone }: Move): void {
  if (gone === undefined) {
    renameSync(staged(root, 'tree', path), confine(root, path));
    return;
  }
  const copy = staged(root, 'undo', path);
  mkdirSync(dirname(copy), { recursive: true });
  renameSync(confine(root, path), copy);
  removeEmpty(root, dirname(path));
}

/** Whether a move of a journal has not been brought in yet. */
export function isPending(root: string, { path, gone }: Move): boolean {
  return gone === undefined ? existsSync(staged(root, 'tree', path)) : !existsSync(staged(root, 'undo', path));
}

/** Removes a folder that a move has emptied, and those around it. Git keeps no empty folders either. */
function removeEmpty(root: string, folder: string): void {
  try {
    if (folder !== '.') {
      rmdirSync(join(root, folder));
      removeEmpty(root, dirname(folder));
    }
  } catch {
    // Not empty.
  }
}

/**
 * Refuses a move whose place is no longer as it was planned.
 * @throws {Failure} (conflict).
 */
export function refuseChanged(root: string, { path, before, gone }: Move): void {
  const target = confine(root, path);
  const now = existsSync(target) ? (before === null ? '' : hashOf(readFileSync(target))) : null;
  const there =
    now === before ||
    (before !== null && gone === undefined && now === hashOf(readFileSync(staged(root, 'tree', path))));
  if (!there) {
    throw new Failure(
      EXIT.conflict,
      `${path} was changed by somebody else in the meantime`,
      `Run the command again; if an earlier run was killed, remove ${STAGE} first to give it up.`,
    );
  }
}

/** Removes what is staged; the journal first, so that a kill on the way cannot bring in the rest. */
export function removeStage(root: string): void {
  rmSync(journalOf(root), { force: true });
  rmSync(join(root, STAGE), { recursive: true, force: true });
}
