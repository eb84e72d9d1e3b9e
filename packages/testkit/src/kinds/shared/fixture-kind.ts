import type { FixtureEvidence } from '../../evidence/evidence.ts';

/** How the state of servers is isolated between the tests of a file. */
export type Isolation =
  /** A database per worker, set back to its template's state between tests. The default. */
  | 'worker'
  /** One transaction per test, never committed; for code that needs one connection only. */
  | 'rollback'
  /** A database of its own for each test. */
  | 'clone';

/** Where a need was declared. */
export interface Place {
  /** The folder of the fixtures, as given to `createTest`. */
  readonly directory: string;
  /** The need's key, which is the fixture's name. */
  readonly key: string;
}

/** An error of a test as Vitest keeps it: serialisable, with own properties such as `code` still there. */
export interface TestProblem {
  message: string;
  stack?: string;
  [property: string]: unknown;
}

/** How a test ended. */
export interface Outcome {
  /** Whether it failed (a test that is expected to fail has not). */
  readonly failed: boolean;
  /** May be written to: what is added to a message is printed with the failure, and what is put first is told first. */
  readonly errors: TestProblem[];
  /** Of this fixture: may be added to. */
  readonly evidence: FixtureEvidence;
}

/** The test that a fixture is opened for. */
export interface TestScope {
  readonly isolation: Isolation;
  /** Full name of the test, with the suites it is in. */
  readonly name: string;
  readonly file: string;
}

/** A fixture for the time of one test. */
export interface OpenFixture<Value> {
  readonly value: Value;
  /** Called when the fixtures built on this one are closed. An error fails the test. */
  close?(): Promise<void>;
  /** Called last, when all clean-ups of the test ran and its outcome is known. An error fails the test. */
  finish?(outcome: Outcome): Promise<void>;
}

/** A need that has its server, for the time of one test file, or of several that one process runs after each other. */
export interface OpenNeed<Value> {
  open(test: TestScope): Promise<OpenFixture<Value>>;
  /** Called after a file's last test: whether the next file can use it too. Else, or if absent, it is closed. */
  reuse?(): Promise<boolean>;
  /** Called once, last. */
  close?(): Promise<void>;
}

/** How needs of a kind become fixtures. */
export interface FixtureKind<in N, Value> {
  /** Its name in messages: 'PostgreSQL', 'an upstream'. */
  readonly title: string;
  /** The method of the fixture by which a test reads what the code under test wrote, if there is one. */
  readonly readBy?: string;
  /** Finds or starts the server and prepares what all tests of a file share; not under a test's time-out. */
  prepare(need: N, place: Place): Promise<OpenNeed<Value>>;
}
