/**
 * The fate of a file. `kept`: it was edited or deleted since it was generated, and the template would still make
 * the same as then.
 */
export type Fate = 'create' | 'edit' | 'move' | 'remove' | 'unchanged' | 'kept';

/** A file's fate, decided before anything is written. */
export interface Planned {
  /** Relative to the workspace, with forward slashes. */
  readonly path: string;
  readonly fate: Fate;
  /** Where a file that moves is now. */
  readonly from?: string;
  /** The content now, or at `from`; undefined where there is none. */
  readonly before: Buffer | undefined;
  /** The content after the run; undefined where there is none. */
  readonly after: Buffer | undefined;
  /** Permissions after the run. Default: those of the file before, or those that new files have. */
  readonly mode?: number;
}

/** Whether something is going to be written for it. */
export function isChange({ fate }: Planned): boolean {
  return fate !== 'unchanged' && fate !== 'kept';
}
