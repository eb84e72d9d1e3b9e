import { managerOf } from '../package-manager/managers.ts';
import { bytesOf, isAt, stateOf, withInstalled } from './last-run.ts';
import { amendLastRun } from './last-run-files.ts';
import { keep } from './present.ts';

/**
 * Remembers the lockfile before an installation.
 * @returns enters what the installation did to it into what is kept of the last run.
 */
export function noteLockfile(root: string): () => void {
  const path = managerOf(root).lockfile;
  const before = keep(root, path);
  return () => {
    const now = keep(root, path);
    const [was, after] = [before, now].map((each) => each && stateOf(bytesOf(each), each.mode));
    if (isAt(was ?? null, after ?? null)) {
      return;
    }
    try {
      amendLastRun(root, (run) => withInstalled(run, { path, before, after: after ?? null }, was ?? null));
    } catch {
      // Without it, an undo leaves the lockfile to the installation that follows.
    }
  };
}
