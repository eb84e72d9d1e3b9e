import { accessSync, constants, existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { EXIT, Failure, messageOf } from '../engine/failure.ts';
import { hashOf } from '../engine/make/content-hash.ts';

/** Where a new repository is going to be. */
export interface Destination {
  /** Absolute; the folder around it has no symlinks. */
  readonly folder: string;
  /** Where it is put together first: beside it, so that one rename brings it in. */
  readonly stage: string;
}

/**
 * Looks whether a repository can be made in a folder.
 * @param workspace the root of the workspace that the generator runs in.
 * @throws {Failure} when something is there, when it is inside another repository, or the folder around it cannot be
 * written.
 */
export function findDestination(directory: string, workspace: string): Destination {
  const parent = dirname(directory);
  if (!statSync(parent, { throwIfNoEntry: false })?.isDirectory()) {
    throw new Failure(
      EXIT.usage,
      `${parent} is not there, or is not a folder`,
      'Make it first, or choose another place.',
    );
  }
  const realParent = realpathSync(parent);
  const folder = join(realParent, basename(directory));
  refuseWhatIsThere(folder);
  const around = repositoryAround(realParent) ?? (isInside(realParent, workspace) ? workspace : undefined);
  if (around !== undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} is inside another repository, ${around}`,
      'Choose a place outside of it: a repository in a repository is followed by neither.',
    );
  }
  try {
    accessSync(realParent, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Failure(
      EXIT.failed,
      `${realParent} cannot be written to: ${messageOf(error)}`,
      'Choose another place, or ask for the permission to write there.',
      error,
    );
  }
  return { folder, stage: join(realParent, `.splitlevel-${hashOf(folder).slice(0, 12)}`) };
}

/** Also asked again at the end, when the repository is brought in. */
function refuseWhatIsThere(folder: string): void {
  const status = statSync(folder, { throwIfNoEntry: false });
  if (status !== undefined && !status.isDirectory()) {
    throw new Failure(EXIT.conflict, `${folder} is there, and is not a folder`, 'Remove it, or choose another place.');
  }
  const [first] = status === undefined ? [] : readdirSync(folder);
  if (first !== undefined) {
    throw new Failure(
      EXIT.conflict,
      `${folder} is not empty: ${first} is in it`,
      'Choose a folder that is empty or not there. A repository that exists is brought under the standard package by package, by npx plop adopt.',
    );
  }
}

function repositoryAround(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) {
    return folder;
  }
  const parent = dirname(folder);
  return parent === folder ? undefined : repositoryAround(parent);
}

function isInside(folder: string, root: string): boolean {
  const path = relative(root, folder);
  return path !== '..' && !path.startsWith(`..${sep}`);
}
