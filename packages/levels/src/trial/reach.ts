import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import { afterAll, afterEach, beforeEach } from 'vitest';

// A setup file of Vitest: keeps, for the code that Stryker instrumented, which tests reach what, and which start processes.

/** What instrumented code counts: hits by the number of the switch. */
interface Coverage {
  static: Record<string, number>;
  perTest: Record<string, Record<string, number>>;
}

interface Namespace {
  currentTestId?: string | undefined;
  mutantCoverage?: Coverage;
}

declare module 'vitest' {
  interface TaskMeta {
    /** On a file: the switches that each of its tests reached, by the test's id. */
    reached?: Readonly<Record<string, readonly string[]>>;
    /** On a file: the switches that were reached while it was loaded. */
    reachedOnLoad?: readonly string[];
    /** On a file: the ids of tests that started a process. */
    starters?: readonly string[];
  }
}

const global = globalThis as { __stryker__?: Namespace };
const namespace: Namespace = global.__stryker__ ?? {};
global.__stryker__ = namespace;
// Instrumented code keeps this object for as long as its process lives: what it holds is replaced, file by file.
const coverage: Coverage = namespace.mutantCoverage ?? { static: {}, perTest: {} };
namespace.mutantCoverage = coverage;
coverage.perTest = {};
const starters = new Set<string>();

for (const name of ['spawn', 'spawnSync', 'fork', 'execFile', 'execFileSync', 'exec', 'execSync'] as const) {
  const original = childProcess[name] as (...values: unknown[]) => unknown;
  (childProcess as Record<string, unknown>)[name] = (...values: unknown[]) => {
    starters.add(namespace.currentTestId ?? '');
    return original(...values);
  };
}
syncBuiltinESMExports();

beforeEach(({ task }) => {
  namespace.currentTestId = task.id;
});
afterEach(() => {
  namespace.currentTestId = undefined;
});
// biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures from the pattern.
afterAll(({}, file) => {
  const { perTest, static: onLoad } = coverage;
  file.meta.reached = Object.fromEntries(Object.entries(perTest).map(([test, hits]) => [test, Object.keys(hits)]));
  file.meta.reachedOnLoad = Object.keys(onLoad);
  file.meta.starters = [...starters];
});
