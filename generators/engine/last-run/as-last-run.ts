import type { Plan } from '../generator.ts';
import { locate, statusOf } from '../plan/confine.ts';
import { isChange, type Planned } from '../plan/planned.ts';
import { needsMending } from '../write/mend.ts';
import { type LastRun, stateOf, type WrittenFile } from './last-run.ts';
import { beginRun, completeRun, giveUpRun } from './last-run-files.ts';
import { keep } from './present.ts';

/**
 * Writes what was planned, and keeps what `npx plop undo` needs to take it back. A kill at any moment leaves either this
 * run or the one before it as the last, as the disk has it.
 * @throws what `write` throws; the run before then stays the last.
 */
export async function asLastRun(
  root: string,
  generator: string,
  plan: Plan,
  write: () => void | Promise<void>,
): Promise<void> {
  beginRun(root, lastRunOf(root, generator, plan));
  try {
    await write();
  } catch (error) {
    // What could not be taken back is completed by the next run.
    if (!needsMending(root)) {
      leaveToTheDisk(() => giveUpRun(root));
    }
    throw error;
  }
  leaveToTheDisk(() => completeRun(root));
}

/** Where this fails, the run stays begun, and what the disk holds says which one is the last. */
function leaveToTheDisk(settle: () => void): void {
  try {
    settle();
  } catch {
    // The outcome of the run is what it was.
  }
}

function lastRunOf(root: string, generator: string, { folder, planned, write, left }: Plan): LastRun {
  const run = { generator, folder, time: new Date().toISOString() };
  if (write !== undefined) {
    return { ...run, files: [], folders: [], elsewhere: true };
  }
  const changes = planned.filter(isChange);
  const made = changes.filter(({ fate }) => fate !== 'remove').map(({ path }) => newFolderAround(root, path));
  return {
    ...run,
    files: changes.map((each) => writtenFile(root, each)),
    folders: [...new Set(made.filter((each) => each !== undefined))],
    ...(left !== undefined && { conflicts: (left.conflicts ?? []).map(({ path }) => path) }),
  };
}

/** From the disk, since a plan may have read other line ends than the file has. */
function writtenFile(root: string, { path, from, fate, after, mode }: Planned): WrittenFile {
  const before = fate === 'create' ? null : keep(root, from ?? path);
  return {
    path,
    ...(from === undefined ? {} : { from }),
    before,
    after: fate === 'remove' ? null : stateOf(after ?? Buffer.alloc(0), mode ?? before?.mode ?? 0),
  };
}

/** The outermost folder around a file that is not there yet. */
function newFolderAround(root: string, path: string): string | undefined {
  const segments = path.split('/').slice(0, -1);
  const folders = segments.map((_, index) => segments.slice(0, index + 1).join('/'));
  return folders.find((folder) => statusOf(locate(root, folder)) === undefined);
}
