import { diskOf } from '../plan/disk.ts';
import { within } from '../plan/within.ts';
import { baseOf } from '../record/base-of.ts';
import { isInRecord, type RunRecord } from '../record/run-record.ts';

/** A folder, and the runs that made it. */
interface Generated {
  /** Relative to the workspace; `.` is the root. */
  readonly folder: string;
  readonly runs: readonly RunRecord[];
}

/** Tells the files of folders that are as a generator made them, and records: these can be made again. */
export function asGenerated(folders: readonly Generated[], root: string): (path: string) => boolean {
  const generated = new Map(
    folders.flatMap(({ folder, runs }) => [...baseOf(runs)].map(([path, content]) => [within(folder, path), content])),
  );
  const disk = diskOf(root);
  return (path) => {
    const content = generated.get(path);
    return isInRecord(path) || (content !== undefined && disk.read(path)?.equals(content) === true);
  };
}
