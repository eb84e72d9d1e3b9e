import { diskOf } from '../generators/engine/plan/disk.ts';
import { editedBy, madeBy } from '../generators/engine/record/base-of.ts';
import { readRecord } from '../generators/engine/record/read-record.ts';

/** A run on a folder, as its record tells of it. */
export interface RecordedRun {
  readonly generator: string;
  readonly version: string;
  readonly answers: Readonly<Record<string, unknown>>;
  /** Sorted. */
  readonly made: readonly string[];
  /** The files that were there and were edited, replaced or removed; sorted. */
  readonly edited: readonly string[];
}

/**
 * The runs on a folder of a workspace, in their order.
 * @param root of the workspace, without symlinks.
 */
export function recordIn(root: string, folder: string): readonly [RecordedRun, ...RecordedRun[]] {
  const [first, ...additions] = readRecord(folder, diskOf(root)).map((run) => ({
    generator: run.generator,
    version: run.version,
    answers: run.answers,
    made: [...madeBy(run).keys()].toSorted(),
    edited: editedBy(run).toSorted(),
  }));
  if (first === undefined) {
    throw new Error(`${folder} has no record`);
  }
  return [first, ...additions];
}
