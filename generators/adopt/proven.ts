import type { Suite } from './classify.ts';
import type { Told } from './draft.ts';
import type { Draft, Trial } from './trial.ts';

/** A draft that is green, and what stays. */
export interface Proven {
  readonly draft: Draft & Told;
  readonly trial: Trial;
  readonly suites: ReadonlyMap<string, Suite>;
  readonly stays: ReadonlyMap<string, string>;
}
