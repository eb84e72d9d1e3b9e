import type { Activity } from '../observed/activity.ts';

/** The error of the guards. `name` says which rule was broken. */
export class Refusal extends Error {
  // Vitest reads this mark before it turns the failure of a `test.fails` into a success.
  readonly __vitest_test_syntax_error__ = true;

  /** The act that was refused, so that one call is told once. */
  readonly act: Act | undefined;

  constructor(name: string, message: string, act?: Act) {
    super(message);
    this.name = name;
    this.act = act;
  }
}

/** The parts of an attempt by which two reports of it are the same. */
export interface Act {
  readonly activity: Activity;
  /** 'packages/x/src/y.ts' */
  readonly file: string | undefined;
  /** Only the handle was seen that Node makes for it. */
  readonly isHandle: boolean;
}
