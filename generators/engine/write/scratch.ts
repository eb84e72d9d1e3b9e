import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, type Stats } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { EXIT, Failure, messageOf } from '../failure.ts';

/** Makes a folder unless something is there; returns the status of what then is there. */
function makeFolder(folder: string): Stats {
  try {
    const status = lstatSync(folder, { throwIfNoEntry: false });
    if (status === undefined) {
      mkdirSync(folder, { mode: 0o700 });
    }
    return status ?? lstatSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') {
      return lstatSync(folder);
    }
    throw temporaryFailure(folder, error);
  }
}

/** A failure of the system in the temporary folder. */
export function temporaryFailure(path: string, error: unknown): Failure {
  return new Failure(
    EXIT.failed,
    `Nothing was written, because ${path} in the temporary folder could not be made: ${messageOf(error)}`,
    'Let TMPDIR name a folder that is there, can be written to and has some space.',
    error,
  );
}

/**
 * The private folder of a workspace's generator runs, below the system's temporary folder: the lock, and the files that
 * are being formatted. It is kept between runs.
 * @param root the workspace's real path.
 * @throws {Failure} when the folder exists and belongs to somebody else.
 */
export function scratchFolder(root: string): string {
  const { uid } = userInfo();
  const hash = createHash('sha256').update(root).digest('hex').slice(0, 12);
  const folder = join(tmpdir(), `splitlevel-generate-${uid}-${hash}`);
  const status = makeFolder(folder);
  if (!status.isDirectory() || (uid !== -1 && (status.uid !== uid || (status.mode & 0o077) !== 0))) {
    throw new Failure(EXIT.failed, `${folder} is not a private folder of this user`, 'Remove it and run again.');
  }
  return folder;
}
