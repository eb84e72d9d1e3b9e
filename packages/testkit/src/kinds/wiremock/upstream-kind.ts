import { join } from 'node:path';
import { originals, sleep } from '@splitlevel/guards/originals';
import { acquire, diagnose } from '../../servers/acquire.ts';
import type { FixtureKind, Outcome } from '../shared/fixture-kind.ts';
import { WiremockAdmin, WiremockRefusal } from './admin.ts';
import { type OpenUpstream, openUpstream, type UpstreamOptions } from './open-upstream.ts';
import { UpstreamError } from './requests/verify.ts';
import { server as wiremockServer } from './server/wiremock-server.ts';
import { loadMappings } from './stubs/load-mappings.ts';
import type { Upstream } from './upstream.ts';
import type { UpstreamNeed } from './upstream-need.ts';

export type { Upstream } from './upstream.ts';

/** Milliseconds that a server may still live once it closes connections or answers that it is in trouble. */
const ENDING_MS = 2000;
const POLL_MS = 100;
const TOO_LARGE =
  'Its memory of 1 GB was too small for the requests and stubs of the tests: it needs 16 times the size of the largest ' +
  'body. Send less, or name a server with more memory by TESTKIT_WIREMOCK_URL. The next test gets a new server.';

interface OfTest {
  readonly test: string;
  readonly open: OpenUpstream;
}

/** How a declared upstream becomes a fixture: its stubs are read once for a file, its tenant is made for each test. */
export const upstreamKind: FixtureKind<UpstreamNeed, Upstream> = {
  title: 'an upstream',
  async prepare({ name }, { directory }) {
    const stubs = loadMappings(join(directory, 'stubs', name));
    await acquire(wiremockServer);
    const opened: OfTest[] = [];
    return {
      async open({ name: test }) {
        const open = await openOn({ name, test, stubs });
        opened.push({ test, open });
        const verify = ({ evidence }: Outcome) => withDiagnosis(() => open.verify(evidence));
        return {
          value: open.upstream,
          finish: (outcome) => verify(outcome).catch((error: Error) => tell(error, outcome)),
        };
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
  if (lines.length === 0) {
    return;
  }
  throw new UpstreamError(
    `The upstream "${name}" got requests after the test that sent them had ended:\n${lines.join('\n')}\n` +
      'Wait in the test for what it starts, or stop it there.',
  );
}

/**
 * Adds an error to the failures of a test, in the place of none: what the code got in place of an answer stands before the
 * assertions that failed for it.
 */
function tell(error: Error, { failed, errors }: Outcome): void {
  if (!failed || (error instanceof UpstreamError && !error.isCause)) {
    throw error;
  }
  const { name, message, stack } = error;
  errors.unshift({ name, message, ...(stack === undefined ? {} : { stack }) });
}

/** Opens an upstream on the server, or on a new one, when another test has ended that. */
async function openOn(options: Omit<UpstreamOptions, 'admin'>): Promise<OpenUpstream> {
  const open = async () => openUpstream({ ...options, admin: new WiremockAdmin((await acquire(wiremockServer)).url) });
  try {
    return await open();
  } catch (cause) {
    if ((await diagnosisOf(cause)) === undefined) {
      throw cause;
    }
    return withDiagnosis(open);
  }
}

async function withDiagnosis<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (cause) {
    const diagnosis = await diagnosisOf(cause);
    if (diagnosis === undefined) {
      throw cause;
    }
    throw new Error(`${diagnosis}\n${(cause as Error).message}`, { cause });
  }
}

/** The server's own trouble, where that may be why something failed. */
async function diagnosisOf(cause: unknown): Promise<string | undefined> {
  if (cause instanceof UpstreamError || (cause instanceof WiremockRefusal && cause.status < 500)) {
    return undefined;
  }
  const until = originals.now() + ENDING_MS;
  let diagnosis = await diagnose(wiremockServer);
  while (diagnosis === undefined && originals.now() < until) {
    await sleep(POLL_MS);
    diagnosis = await diagnose(wiremockServer);
  }
  return diagnosis && withAdvice(diagnosis);
}

/** The server's own trouble, and the remedy where its memory was too small. */
export function withAdvice(diagnosis: string): string {
  return diagnosis.includes('OutOfMemoryError') ? `${diagnosis}\n${TOO_LARGE}` : diagnosis;
}
