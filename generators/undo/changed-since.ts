import { isAt, type LastRun, type Present, statesOf } from '../engine/last-run/last-run.ts';

/** A file that is not as the run left it. */
export interface Changed {
  readonly path: string;
  readonly change:
    | 'edited'
    | 'made executable'
    | 'no longer executable'
    | 'deleted'
    | 'there again'
    | 'added'
    | 'replaced';
}

/** The files of a run that are not as it left them, in its order. */
export function changedSince(run: LastRun, presentAt: (path: string) => Present): readonly Changed[] {
  return run.files
    .flatMap((file) => statesOf(file, 'after'))
    .flatMap(([path, left]): Changed[] => {
      const present = presentAt(path);
      if (isAt(left, present)) {
        return [];
      }
      if (left === null) {
        return [{ path, change: 'there again' }];
      }
      if (present === null) {
        return [{ path, change: 'deleted' }];
      }
      if (present === 'not a file') {
        return [{ path, change: 'replaced' }];
      }
      if (left.hash !== present.hash) {
        return [{ path, change: 'edited' }];
      }
      return [{ path, change: present.executable ? 'made executable' : 'no longer executable' }];
    });
}

/** A changed file as a line of a list. */
export function lineOf({ path, change }: Changed): string {
  return `  ${path} (${change})`;
}
