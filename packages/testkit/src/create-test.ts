import { afterAll, test as base, beforeAll, type TestAPI } from 'vitest';
import type { FixtureKind, Isolation, OpenNeed, Outcome } from './fixture-kind.ts';
import { needKinds } from './need-kinds.ts';
import type { Need, Needs, PostgresNeed, UpstreamNeed } from './needs.ts';
import type { Database } from './postgres/database.ts';
import type { Upstream } from './wiremock/upstream-kind.ts';

/** The fixture's type for a need. */
export type FixtureFor<N extends Need> = N extends PostgresNeed ? Database : N extends UpstreamNeed ? Upstream : never;

/** What the tests of a package get: a fixture for each need, by its key, and the choice of isolation. */
export type FixturesFor<N extends Needs> = { [K in keyof N]: FixtureFor<N[K]> } & { isolation: Isolation };

/** Servers may have to be pulled and started, and migrations to run, before the first test. */
const PREPARATION_TIMEOUT = 300_000;
const CLOSING_TIMEOUT = 60_000;
const RESERVED = [
  'isolation',
  'task',
  'signal',
  'skip',
  'annotate',
  'bench',
  'expect',
  'onTestFailed',
  'onTestFinished',
];

/**
 * Makes the `test` of a package from its needs: `createTest(import.meta.dirname, needs)`. Every need is a fixture under
 * its key, ready for use, and cleaned up by the testkit. A file chooses how state is isolated between its tests by
 * `test.override('isolation', 'rollback')` or `'clone'`.
 * @param directory the folder of the fixtures (`import.meta.dirname`), in which stubs are and below which migrations are looked for.
 * @throws when a need's key is a name that Vitest uses.
 */
export function createTest<const N extends Needs>(directory: string, needs: N): TestAPI<FixturesFor<N>> {
  const prepared = new Map<string, Promise<OpenNeed<unknown>>>();
  let test: TestAPI = base.extend('isolation', 'worker' as Isolation) as TestAPI;
  for (const [key, need] of Object.entries(needs)) {
    if (RESERVED.includes(key)) {
      throw new Error(`createTest: a need cannot have the key '${key}', which Vitest or the testkit uses itself.`);
    }
    const prepare = () => getOrAdd(prepared, key, () => prepareNeed(need, directory, key));
    // A failure is told by the tests that use the need, not by those that do not.
    beforeAll(async () => void (await prepare().catch(() => {})), PREPARATION_TIMEOUT);
    test = extend(test, key, prepare);
  }
  afterAll(async () => {
    const open = await Promise.allSettled(prepared.values());
    prepared.clear();
    await Promise.all(open.map(async (need) => need.status === 'fulfilled' && (await need.value.close?.())));
  }, CLOSING_TIMEOUT);
  return test as unknown as TestAPI<FixturesFor<N>>;
}

function prepareNeed(need: Need, directory: string, key: string): Promise<OpenNeed<unknown>> {
  const kind = needKinds[need.kind] as FixtureKind<Need, unknown>;
  return kind.prepare(need, { directory, key });
}

function extend(test: TestAPI, key: string, prepare: () => Promise<OpenNeed<unknown>>): TestAPI {
  const isolated = test as TestAPI<{ isolation: Isolation }>;
  return isolated.extend(key, async ({ isolation, task, onTestFinished }, { onCleanup }) => {
    const need = await prepare();
    const fixture = await need.open({ isolation, name: task.fullTestName, file: task.file.filepath });
    if (fixture.close) onCleanup(() => fixture.close?.());
    onTestFinished(() => fixture.finish?.(outcomeOf(task)));
    return fixture.value;
  }) as unknown as TestAPI;
}

function outcomeOf({ fails, result }: { fails?: boolean; result?: { state: string; errors?: unknown[] } }): Outcome {
  return { failed: result?.state === 'fail' && !fails, errors: (result?.errors ?? []) as Outcome['errors'][number][] };
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
