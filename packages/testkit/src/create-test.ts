import { test as base, type TaskMeta, type TestAPI } from 'vitest';
import type { FixtureEvidence } from './evidence/evidence.ts';
import { bindEvidence, newEvidence } from './evidence/fixture-evidence.ts';
import { type Findings, openFindings } from './findings/findings.ts';
import type { FixtureKind, Isolation, OpenNeed, Outcome } from './kinds/shared/fixture-kind.ts';
import { noteFixtureKind } from './kinds/shared/kind-of-fixture.ts';
import { kinds } from './kinds/table.ts';
import type { Need, Needs } from './needs.ts';

/** The fixture's type for a need. */
export type FixtureFor<N extends Need> =
  Awaited<ReturnType<(typeof kinds)[N['kind']]['load']>> extends FixtureKind<never, infer Fixture> ? Fixture : never;

/** The `test` of a package: a fixture for each need, by its key, and the choice of isolation. */
export type FixturesFor<N extends Needs> = { [K in keyof N]: FixtureFor<N[K]> } & {
  isolation: Isolation;
  findings: Findings;
};

/** What is asked of every test. */
export interface TestSettings {
  /** Whether a test fails in which a request did what will hurt: an N+1, a call in a transaction. Default: false. */
  readonly failOnFindings?: boolean;
}

/** Servers may have to be pulled and started, and migrations to run, before the first test. */
const PREPARATION_TIMEOUT_MS = 300_000;
const RESERVED = [
  'isolation',
  'findings',
  'testkitWorker',
  'testkitFile',
  'task',
  'signal',
  'skip',
  'annotate',
  'bench',
  'expect',
  'onTestFailed',
  'onTestFinished',
];

/** Prepares a need when first asked for it. */
type Prepare = (key: string) => Promise<OpenNeed<unknown>>;

/**
 * Makes the `test` of a package from its needs: `createTest(import.meta.dirname, needs)`. Every need is a fixture under
 * its key, ready for use, and cleaned up by the testkit. A file chooses how state is isolated between its tests by
 * `test.override('isolation', 'rollback')` or `'clone'`.
 * @param directory the folder of the fixtures (`import.meta.dirname`), in which stubs are and beside which migrations are.
 * @throws {Error} when a need's key is a name that Vitest or the testkit uses.
 */
export function createTest<const N extends Needs>(
  directory: string,
  needs: N,
  { failOnFindings = false }: TestSettings = {},
): TestAPI<FixturesFor<N>> {
  const taken = Object.keys(needs).find((key) => RESERVED.includes(key));
  if (taken !== undefined) {
    throw new Error(`createTest: a need cannot have the key '${taken}', which Vitest or the testkit uses itself.`);
  }
  const withFile = base
    .extend('isolation', 'worker' as Isolation)
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures it needs
    .extend('findings', { auto: failOnFindings }, ({}, { onCleanup }): Findings => {
      const findings = openFindings();
      if (failOnFindings) {
        onCleanup(findings.check);
      }
      return findings;
    })
    // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern which fixtures it needs
    .extend('testkitWorker', { scope: 'worker' }, ({}, { onCleanup }): PreparedNeeds => {
      const prepared: PreparedNeeds = new Map();
      onCleanup(() => closeNeeds(prepared));
      return prepared;
    })
    .extend('testkitFile', { scope: 'file' }, ({ testkitWorker }, { onCleanup }): { prepare: Prepare } => {
      onCleanup(() => closeNeeds(testkitWorker, (need) => need.reuse?.()));
      return { prepare: (key) => getOrAdd(testkitWorker, key, () => prepareNeed(needs, directory, key)) };
    });
  // Not under the time-out of the first test. A failure is told by the tests that use the need, not by the others.
  withFile.beforeAll(async ({ testkitFile }) => {
    await Promise.allSettled(Object.keys(needs).map((key) => testkitFile.prepare(key)));
  }, PREPARATION_TIMEOUT_MS);
  // What is opened first is finished last, and knows then whether the others failed the test.
  const order = Object.keys(kinds);
  const keys = Object.keys(needs).sort((a, b) => order.indexOf(kindOf(needs, a)) - order.indexOf(kindOf(needs, b)));
  const start = withFile as unknown as BaseTest;
  const test = keys.reduce((test, key) => withFixture(test, key, (needs[key] as Need).kind), start);
  return test as unknown as TestAPI<FixturesFor<N>>;
}

type BaseTest = TestAPI<{ isolation: Isolation; testkitFile: { prepare: Prepare } }>;
type PreparedNeeds = Map<string, Promise<OpenNeed<unknown>>>;

/** Closes the needs that are not to be kept, and those that could not be prepared: the next file tries again. */
async function closeNeeds(
  needs: PreparedNeeds,
  isKept: (need: OpenNeed<unknown>) => Promise<boolean> | undefined = async () => false,
): Promise<void> {
  await Promise.all(
    [...needs].map(async ([key, preparing]) => {
      const need = await preparing.catch(() => undefined);
      if (need && (await isKept(need))) {
        return;
      }
      needs.delete(key);
      await need?.close?.();
    }),
  );
}

function withFixture(test: BaseTest, key: string, kind: Need['kind']): BaseTest {
  return test.extend(key, async ({ isolation, testkitFile, task, onTestFinished }, { onCleanup }) => {
    const need = await testkitFile.prepare(key);
    const fixture = await need.open({ isolation, name: task.fullTestName, file: task.file.filepath });
    const evidence = newEvidence(kind);
    evidencesOf(task)[key] = evidence;
    bindEvidence(fixture.value, evidence);
    if (fixture.close) {
      onCleanup(() => fixture.close?.());
    }
    onTestFinished(() => fixture.finish?.(outcomeOf(task, evidence)));
    noteFixtureKind(fixture.value, await kinds[kind].load());
    return fixture.value;
  }) as unknown as BaseTest;
}

function kindOf(needs: Needs, key: string): string {
  return needs[key]?.kind ?? '';
}

async function prepareNeed(needs: Needs, directory: string, key: string): Promise<OpenNeed<unknown>> {
  const need = needs[key] as Need;
  const kind = (await kinds[need.kind].load()) as FixtureKind<Need, unknown>;
  return kind.prepare(need, { directory, key });
}

/** What the fixtures of a test have to show; Vitest hands a test's meta on to the process that started the run. */
function evidencesOf({ meta }: { meta: TaskMeta }): Record<string, FixtureEvidence> {
  meta.fixtures ??= {};
  return meta.fixtures;
}

function outcomeOf(
  { fails, result }: { fails?: boolean; result?: { state: string; errors?: unknown[] } },
  evidence: FixtureEvidence,
): Outcome {
  const errors = (result?.errors ?? []) as Outcome['errors'][number][];
  return { failed: result?.state === 'fail' && !fails, errors, evidence };
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = make();
  map.set(key, made);
  return made;
}
