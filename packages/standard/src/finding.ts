import type { Repository } from './repository.ts';

/** A departure from the standard. */
export interface Finding {
  /** The project. */
  readonly package: string;
  readonly rule: string;
  /** The problem, beginning with the file where there is one. */
  readonly what: string;
  /** The remedy. */
  readonly todo: string;
}

/** A departure as a check of one package, or of the root, finds it. */
export type Problem = Omit<Finding, 'rule' | 'package'>;

/** A rule of the standard. */
export interface Rule {
  readonly name: string;
  /** The requirement, in one line. */
  readonly asks: string;
  check(repository: Repository): readonly Omit<Finding, 'rule'>[];
}
