import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EXIT, Failure, messageOf } from '../engine/failure.ts';
import type { RenderedFile } from '../engine/make/render.ts';
import type { Destination } from './destination.ts';
import { commitAll } from './git.ts';

/**
 * Writes a repository with its first commit, all or nothing: it is put together beside its place, and comes in by one
 * rename. The remains of a killed run are removed first.
 * @param files paths relative to the repository.
 * @param lock adds the lockfile to the repository in a folder.
 * @throws {Failure} with the place as it was.
 */
export async function writeRepository(
  { folder, stage }: Destination,
  files: readonly RenderedFile[],
  message: string,
  lock: (folder: string) => Promise<void>,
): Promise<void> {
  const clean = () => rmSync(stage, { recursive: true, force: true });
  process.once('exit', clean);
  try {
    clean();
    mkdirSync(stage);
    for (const { path, content } of files) {
      mkdirSync(dirname(join(stage, path)), { recursive: true });
      writeFileSync(join(stage, path), content, { mode: 0o644 });
    }
    await lock(stage);
    commitAll(stage, message);
    refuseNewcomers(folder);
    // An empty folder is replaced; one that is not any more is refused by the system too.
    renameSync(stage, folder);
  } catch (error) {
    throw error instanceof Failure
      ? error
      : new Failure(
          EXIT.failed,
          `The repository could not be written: ${messageOf(error)}`,
          'Nothing was changed. Look at the permissions and the space of the disk, then run the command again.',
          error,
        );
  } finally {
    clean();
    process.removeListener('exit', clean);
  }
}

function refuseNewcomers(folder: string): void {
  const isThere = statSync(folder, { throwIfNoEntry: false }) !== undefined;
  if (isThere && readdirSync(folder).length > 0) {
    throw new Failure(EXIT.conflict, `${folder} was filled by somebody else in the meantime`, 'Choose another place.');
  }
}
