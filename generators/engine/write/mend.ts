import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT, Failure, messageOf } from '../failure.ts';
import { bringIn, isPending, journalOf, type Move, refuseChanged, removeStage, STAGE } from './stage.ts';

/** Whether an earlier run was killed while it wrote. */
export function needsMending(root: string): boolean {
  return existsSync(join(root, STAGE));
}

/**
 * Completes what a killed run had committed, or removes what it had not.
 * @throws {Failure} when a file that was to be replaced has changed since (conflict), or the disk refuses.
 */
export function mend(root: string): void {
  try {
    const left = readJournal(root).filter((move) => isPending(root, move));
    for (const move of left) {
      refuseChanged(root, move);
    }
    for (const move of left) {
      bringIn(root, move);
    }
    removeStage(root);
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure(
          EXIT.failed,
          `What a killed run left in ${STAGE} cannot be completed: ${messageOf(error)}`,
          'Look at the permissions and the space of the disk, then run the command again.',
          error,
        );
  }
}

/**
 * Mends where an earlier run was killed while it wrote, and says so.
 * @throws {Failure} in a dry run, which writes nothing, and where mending fails.
 */
export function settleKilledRun(root: string, dryRun: boolean, say: (line: string) => void): void {
  if (!needsMending(root)) {
    return;
  }
  if (dryRun) {
    throw new Failure(
      EXIT.failed,
      `An earlier run was killed while it wrote (${STAGE} is still there), and a dry run may not complete it`,
      'Run the command without --dry-run.',
    );
  }
  mend(root);
  say('An earlier run was killed while it wrote; what it left has been settled.');
}

function readJournal(root: string): readonly Move[] {
  const journal = journalOf(root);
  return existsSync(journal) ? (JSON.parse(readFileSync(journal, 'utf8')) as Move[]) : [];
}
