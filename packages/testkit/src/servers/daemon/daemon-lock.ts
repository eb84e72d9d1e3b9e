import { statSync } from 'node:fs';
import { connect } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { now, sleep } from '@splitlevel/guards/originals';
import type { Workspace } from '../workspace.ts';
import { prepareStateDirectory, stateFiles } from './state-directory.ts';

/** How long a daemon waits for one that is about to end; longer than that one may take. */
const PATIENCE_MS = 20_000;
const INTERVAL_MS = 20;

/**
 * Takes the lock that only one daemon of a workspace can have: an exclusive transaction, which the operating system
 * ends with the process, however it ends.
 *
 * @returns What holds the lock, or undefined when another daemon answers, which then is the workspace's daemon.
 * @throws {Error} when another process holds the lock and does not answer.
 */
export async function takeLock(workspace: Workspace): Promise<DatabaseSync | undefined> {
  const { lock, socket } = stateFiles(workspace);
  const deadline = now() + PATIENCE_MS;
  while (now() < deadline) {
    prepareStateDirectory(workspace);
    const database = tryLock(lock);
    if (database !== undefined) {
      return database;
    }
    if (await answers(socket)) {
      return undefined;
    }
    await sleep(INTERVAL_MS);
  }
  throw new Error(`Another process holds ${lock} but does not answer. See which by: fuser ${lock}`);
}

/** Takes the lock if it is free. It is held as long as what is returned is referred to. */
export function tryLock(file: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file);
    const before = statSync(file).ino;
    database.exec('PRAGMA busy_timeout = 0; PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
    // A daemon that ended has removed the file that was opened: the lock is then on a file that nobody else finds.
    if (statSync(file).ino === before) {
      return database;
    }
  } catch {
    // Locked, or removed in this moment.
  }
  if (database?.isOpen) {
    database.close();
  }
  return undefined;
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(1000, () => end(false));
    socket.once('data', () => end(true));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
