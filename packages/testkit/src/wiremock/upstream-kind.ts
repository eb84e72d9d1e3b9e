import { join } from 'node:path';
import type { FixtureKind } from '../fixture-kind.ts';
import type { UpstreamNeed } from '../needs.ts';
import { acquire, diagnose } from '../servers/acquire.ts';
import { WiremockAdmin } from './admin.ts';
import { loadMappings } from './load-mappings.ts';
import { type OpenUpstream, openUpstream } from './open-upstream.ts';
import type { Upstream } from './upstream.ts';
import { UpstreamError } from './verify.ts';

export type { Upstream } from './upstream.ts';

interface OfTest {
  readonly test: string;
  readonly open: OpenUpstream;
}

/** How a declared upstream becomes a fixture: its stubs are read once for a file, its tenant is made for each test. */
export const upstreamKind: FixtureKind<UpstreamNeed, Upstream> = {
  async prepare({ name }, { directory }) {
    const stubs = loadMappings(join(directory, 'stubs', name));
    const { url } = await acquire('wiremock');
    const admin = new WiremockAdmin(url);
    const opened: OfTest[] = [];
    return {
      async open({ name: test }) {
        const open = await withDiagnosis(() => openUpstream({ admin, name, test, stubs }));
        opened.push({ test, open });
        // What this throws is added to the failures of the test, never put in their place: Vitest shows them all.
        return { value: open.upstream, finish: () => withDiagnosis(() => open.verify()) };
      },
      async close() {
        await Promise.all(opened.map(({ open }) => open.close()));
        reportLate(name, opened);
      },
    };
  },
};

function reportLate(name: string, opened: readonly OfTest[]): void {
  const lines = opened.flatMap(({ test, open }) =>
    open.lateRequests().map((late) => `  ${late} of the test "${test}"`),
  );
  if (lines.length === 0) return;
  throw new UpstreamError(
    `The upstream "${name}" got requests after the test that sent them had ended:\n${lines.join('\n')}\n` +
      'Wait in the test for what it starts, or stop it there.',
  );
}

async function withDiagnosis<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const diagnosis = cause instanceof UpstreamError ? undefined : await diagnose('wiremock');
    if (diagnosis === undefined) throw cause;
    throw new Error(`${diagnosis}\n${(cause as Error).message}`, { cause });
  }
}
