import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { EXIT, Failure } from '../failure.ts';
import { temporaryFailure } from './scratch.ts';

const PATIENCE_MS = 60_000;
const POLL_MS = 100;

/**
 * Waits until no other generator run works on the workspace. The lock is an exclusive transaction: the system gives it
 * back when the process ends, however it ends.
 * @param scratch the workspace's private folder.
 * @param onWait called once when another run holds the lock.
 * @param patience how long to wait, in milliseconds; default: a minute.
 * @returns gives the lock back.
 * @throws {Failure} when the other run holds the lock for longer.
 */
export async function lockWorkspace(scratch: string, onWait: () => void, patience = PATIENCE_MS): Promise<() => void> {
  const file = join(scratch, 'lock');
  const database = openLock(file);
  const deadline = performance.now() + patience;
  for (let attempt = 0; !tryLock(database, file); attempt += 1) {
    if (attempt === 0) {
      onWait();
    }
    if (performance.now() > deadline) {
      database.close();
      throw new Failure(
        EXIT.failed,
        `Another generator run has been working on this workspace for ${patience / 1000} seconds`,
        'Wait for it or end it, then run the command again.',
      );
    }
    await sleep(POLL_MS);
  }
  return () => database.close();
}

function openLock(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw temporaryFailure(file, error);
  }
}

function tryLock(database: DatabaseSync, file: string): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) {
      return false;
    }
    database.close();
    throw temporaryFailure(file, error);
  }
}

/** https://sqlite.org/rescode.html#busy */
const SQLITE_BUSY = 5;
