import { lstatSync, mkdirSync, readdirSync, rmdirSync, rmSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Workspace } from '../workspace.ts';

/** The files of a state directory. Nothing else is ever in it. */
export function stateFiles({ stateDirectory }: Pick<Workspace, 'stateDirectory'>) {
  return {
    socket: join(stateDirectory, 'daemon.sock'),
    lock: join(stateDirectory, 'daemon.lock'),
    log: join(stateDirectory, 'daemon.log'),
  };
}

/** A Unix socket's path is held in 104 bytes on macOS and in 108 on Linux, see unix(7). */
const LONGEST_SOCKET_PATH = 100;

/**
 * Checks that the directory of the daemon's socket is private, if it is there.
 *
 * @throws {Error} when it belongs to another user, others may enter it, or there could be no socket in it.
 */
export function checkStateDirectory(workspace: Pick<Workspace, 'stateDirectory'>): void {
  const { socket } = stateFiles(workspace);
  if (Buffer.byteLength(socket) > LONGEST_SOCKET_PATH) {
    throw new Error(
      `The testkit's socket ${socket} would have a path of more than ${LONGEST_SOCKET_PATH} bytes, which the operating system refuses. Set TMPDIR to a folder with a shorter path.`,
    );
  }
  const stats = lstatSync(workspace.stateDirectory, { throwIfNoEntry: false });
  if (stats !== undefined) {
    refuseUnlessPrivate(workspace.stateDirectory, stats);
  }
}

/**
 * Makes the private directory of the daemon's socket, if it is not there.
 *
 * @throws {Error} when it cannot be made, or is not private.
 */
export function prepareStateDirectory(workspace: Pick<Workspace, 'stateDirectory'>): void {
  const { stateDirectory } = workspace;
  try {
    mkdirSync(stateDirectory, { mode: 0o700 });
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') {
      throw new Error(
        `The testkit could not make its directory ${stateDirectory}: ${(cause as Error).message}. Set TMPDIR to a folder that this user may write.`,
        { cause },
      );
    }
  }
  checkStateDirectory(workspace);
}

/** Takes the directory away, unless somebody put something else into it. */
export function removeStateDirectory(workspace: Pick<Workspace, 'stateDirectory'>): void {
  for (const file of Object.values(stateFiles(workspace))) {
    rmSync(file, { force: true });
  }
  rmSync(`${stateFiles(workspace).lock}-journal`, { force: true });
  try {
    rmdirSync(workspace.stateDirectory);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      throw error;
    }
  }
}

/** Removes the directories of embedded servers whose daemon was killed together with what would have removed them. */
export function removeLeftovers({ stateDirectory }: Pick<Workspace, 'stateDirectory'>): void {
  const folder = dirname(stateDirectory);
  const prefix = `${basename(stateDirectory)}-`;
  for (const name of readdirSync(folder).filter((entry) => entry.startsWith(prefix))) {
    rmSync(join(folder, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}

function refuseUnlessPrivate(directory: string, stats: Stats): void {
  const user = process.getuid?.();
  if (!stats.isDirectory()) {
    throw new Error(`The testkit needs ${directory} as its private directory, but it is not a directory. Remove it.`);
  }
  if (stats.uid !== user) {
    throw new Error(
      `The testkit's directory ${directory} belongs to user ${stats.uid}, not to you (${user}); whoever owns it could answer in the servers' place. Remove it, or set TMPDIR to a folder of your own.`,
    );
  }
  if ((stats.mode & 0o077) !== 0) {
    const mode = (stats.mode & 0o777).toString(8);
    throw new Error(
      `The testkit's directory ${directory} is open to other users (mode ${mode}), who could answer in the servers' place. Remove it, or run: chmod 700 ${directory}`,
    );
  }
}
