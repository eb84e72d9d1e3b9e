/**
 * Where a suite leaves its evidence: a path from the workspace, and an output of the target `integration`.
 * @param project the name of the package's project in Nx
 */
export function evidenceFile(project: string): string {
  return `.vitest/evidence/${project}.json`;
}

/** What one run of a package's integration suite did. */
export interface Evidence {
  readonly version: 1;
  /** The servers of the run, in the order of their first use. The packages of a run share them. */
  readonly servers: readonly UsedServer[];
  readonly tests: readonly TestEvidence[];
}

/** A server that a run used. */
export interface UsedServer {
  /** Its name in images.json. */
  readonly kind: string;
  /** As the server itself gives it, for example `18.4`. */
  readonly version: string;
  readonly source: 'container' | 'embedded' | 'url';
  /** The image's tag, or the embedded server's version. */
  readonly identity: string;
  /** In milliseconds; null if another run had started it. */
  readonly startedInMs: number | null;
}

export interface TestEvidence {
  /** The test file's path from the workspace, with `/` between folders. */
  readonly file: string;
  /** With the suites that it is in. */
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped' | 'pending';
  /** Null for a test that did not run. */
  readonly durationMs: number | null;
  /** What each fixture of the test has to show, by the fixture's name. */
  readonly fixtures: Readonly<Record<string, FixtureEvidence>>;
}

/** What a fixture has to show of one test. */
export interface FixtureEvidence {
  /** The kind of its need, for example `postgres`. */
  readonly kind: string;
  /** The statements that assertions counted or planned. */
  readonly statements: StatementEvidence[];
  /** What a failed test left in the fixture. */
  readonly left: Left[];
  /** The requests that an upstream received. */
  readonly requests: RequestEvidence[];
}

/** A statement as the server's log has it, without values. */
export interface StatementEvidence {
  readonly sql: string;
  calls: number;
  rows: number;
  /** A node a line, if an assertion planned it. */
  plan?: string;
}

/** A part of what a failed test left: the rows of a table, the keys of a cache. */
export interface Left {
  /** For example the table's name. */
  readonly name: string;
  /** For example the rows, each as JSON. */
  readonly lines: readonly string[];
  /** Whether there was more than the lines show. */
  readonly isCut: boolean;
}

/** A request without its query, headers and body, which may hold secrets. */
export interface RequestEvidence {
  readonly method: string;
  readonly path: string;
  /** The stub that answered: its file or the line that added it; null if none matched. */
  readonly stub: string | null;
}

/** One line about a server: its version, where it came from and how long it took to start. */
export function describeServer({ kind, version, source, identity, startedInMs }: UsedServer): string {
  const how = startedInMs === null ? 'attached' : `started in ${(startedInMs / 1000).toFixed(1)} s`;
  switch (source) {
    case 'container':
      return `${kind} ${version} from a container (${identity}, ${how})`;
    case 'embedded':
      return `${kind} ${version} embedded (${how})`;
    case 'url':
      return `${kind} ${version} from TESTKIT_${kind.toUpperCase()}_URL`;
  }
}
