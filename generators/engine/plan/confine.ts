import { lstatSync, realpathSync, type Stats } from 'node:fs';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { EXIT, Failure } from '../failure.ts';

/**
 * The absolute path of a place in the workspace to which something is going to be written.
 * @param root the workspace's real path.
 * @param path relative to it, with forward slashes; what it names need not exist.
 * @throws {Failure} when it leads outside, by its own segments or through a symlink, or is a symlink itself.
 */
export function confine(root: string, path: string): string {
  const target = locate(root, path);
  if (statusOf(target)?.isSymbolicLink()) {
    throw new Failure(EXIT.conflict, `${path} is a symlink, and generators do not write through those`, 'Remove it.');
  }
  return target;
}

/**
 * The absolute path of a place in the workspace, which may be a symlink.
 * @throws {Failure} when it leads outside.
 */
export function locate(root: string, path: string): string {
  const segments = path.split('/');
  if (isAbsolute(path) || segments.some((each) => each === '' || each === '.' || each === '..' || each.includes(sep))) {
    throw new Failure(EXIT.failed, `${JSON.stringify(path)} is not a path inside the workspace`);
  }
  const target = join(root, ...segments);
  const parent = realpathSync(nearestExisting(dirname(target)));
  const inside = relative(root, parent);
  if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
    throw new Failure(
      EXIT.failed,
      `${path} leads outside the workspace, through a symlink to ${parent}`,
      'Generators write inside the workspace only.',
    );
  }
  return target;
}

/** The status of a path, also of a symlink itself, or undefined when there is nothing. */
export function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) {
      return undefined;
    }
    throw error;
  }
}

function nearestExisting(path: string): string {
  return statusOf(path) === undefined ? nearestExisting(dirname(path)) : path;
}
