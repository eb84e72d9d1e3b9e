import type { Step } from './step.ts';

/** A step with the piece that made it. */
export interface Entry {
  readonly piece: number;
  readonly step: Step;
}
