import { join } from 'node:path';
import { EXIT, Failure } from '../engine/failure.ts';
import { followedByGit } from '../engine/git.ts';
import { statusOf } from '../engine/plan/confine.ts';

/**
 * Refuses a folder that has symlinks or another repository in it: they cannot be moved as files can.
 * @throws {Failure} (conflict) that names the first.
 */
export function refuseLinks(root: string, folder: string): void {
  const paths = followedByGit(join(root, folder)) ?? [];
  const link = paths.find((path) => {
    const status = statusOf(join(root, folder, path));
    return status?.isSymbolicLink() || status?.isDirectory();
  });
  if (link !== undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder}/${link} is a symlink or a repository of its own, and generators move plain files only`,
      'Take it away for the moment, and put it back afterwards.',
    );
  }
}
