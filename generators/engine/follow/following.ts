import type { RunRecord } from '../record/run-record.ts';

/** A generated folder that is to follow what its generators make. */
export interface Following {
  /** Relative to the workspace; `.` is the root. */
  readonly folder: string;
  /** Where it is going to be. */
  readonly to: string;
  readonly runs: readonly RunRecord[];
  /** What the runs make today, or from other answers. */
  readonly files: ReadonlyMap<string, Buffer>;
  readonly record: ReadonlyMap<string, Buffer>;
}
