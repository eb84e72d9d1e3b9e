/** The two suites. */
export type Level = 'unit' | 'integration';

/** A test, as Vitest numbers it: the same in every copy of the workspace. */
export interface Test {
  readonly id: string;
  /** Relative to the package. */
  readonly file: string;
  /** With its describes: `a product > has a name`. */
  readonly name: string;
  readonly milliseconds: number;
}

/** A file of the package with another text. */
export interface FileText {
  /** Relative to the package. */
  readonly path: string;
  readonly text: string;
}

/** What a worker is to do. */
export type Order =
  /** Runs the whole suite once, on code that tells what is reached. */
  | { readonly type: 'look'; readonly texts: readonly FileText[] }
  /** Runs tests with one file changed. */
  | {
      readonly type: 'try';
      readonly text: FileText;
      /** The ids of tests by their file. */
      readonly tests: Readonly<Record<string, readonly string[]>>;
      readonly stopAtFirst: boolean;
    };

/** What the suite is as it stands, and what each of its tests reaches. */
export interface Look {
  readonly type: 'look';
  readonly tests: readonly Test[];
  /** The ids of tests by the number of the switch. */
  readonly reached: Readonly<Record<string, readonly string[]>>;
  /** The numbers of the switches that are reached while files are loaded, by no test of its own. */
  readonly reachedOnLoad: readonly string[];
  /** The files of the workspace that each test file loads, directly or not, relative to the package. */
  readonly loads: Readonly<Record<string, readonly string[]>>;
  /** Ids of tests that start processes of their own, whose code tells nothing. */
  readonly starters: readonly string[];
  /** The ids of tests that a stub's file answered, by its path. */
  readonly answered: Readonly<Record<string, readonly string[]>>;
  /** Failures of the unchanged suite, a line each. */
  readonly failures: readonly string[];
}

/** What became of tests with a mutant. */
export interface Trial {
  readonly type: 'try';
  /** The ids of tests that failed. */
  readonly failed: readonly string[];
  /** Why no test is to blame, where the run failed otherwise: a file that cannot be loaded, an error outside of tests. */
  readonly broken: string | undefined;
}

export type Answer = Look | Trial | { readonly type: 'error'; readonly message: string };
