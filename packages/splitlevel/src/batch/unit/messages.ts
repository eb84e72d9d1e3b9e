import type { TaskResult } from '../task.ts';

/** A task as the process that runs Vitest gets it. */
export interface Suite {
  /** The task's. */
  readonly id: string;
  /** Its project's folder, relative to the root, `/` between. */
  readonly folder: string;
  /** What its modules come from, itself included: names of the project graph. */
  readonly sources: readonly string[];
}

export interface Order {
  readonly root: string;
  readonly suites: readonly Suite[];
}

/** What the process tells while it runs. */
export type Message =
  | {
      /** A file of a suite was begun, came to its next test, or does not block its thread. */
      readonly type: 'goes on';
      readonly id: string;
      readonly file: string;
      /** How long it may block its thread from now on, in milliseconds; undefined: as before. */
      readonly limit?: number | undefined;
    }
  | { readonly type: 'file ended'; readonly id: string; readonly file: string }
  | { readonly type: 'result'; readonly id: string; readonly result: TaskResult }
  /** Suites that have no verdict at the end, for their own commands. */
  | { readonly type: 'left'; readonly ids: readonly string[] }
  /** Vitest could not be started. */
  | { readonly type: 'problem'; readonly message: string };
