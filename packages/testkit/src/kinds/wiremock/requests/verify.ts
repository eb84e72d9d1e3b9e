import { reportUnmet } from '../../shared/faults/fault-watch.ts';
import type { WiremockAdmin } from '../admin.ts';
import type { RequestLog } from '../tenant.ts';
import { type BrokenPromise, reportPromises, reportStray, reportUnmatched } from './report.ts';

/** As many as the server keeps (see servers/kinds/wiremock.ts): beyond, the oldest requests are forgotten. */
const JOURNAL_LENGTH = 10_000;

/** An upstream was not used as its stubs say. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  /**
   * Whether the code under test got another answer than it was to get, so that what failed besides follows from that.
   */
  readonly isCause: boolean;

  constructor(message: string, options: ErrorOptions & { isCause?: boolean } = {}) {
    super(message, options);
    this.isCause = options.isCause ?? false;
  }
}

interface Verification {
  /** The upstream's name. */
  readonly name: string;
  readonly url: string;
  readonly requestLog: RequestLog;
  /** The faults on the way to WireMock that no request met. */
  readonly unmet: readonly string[];
  readonly admin: WiremockAdmin;
  /** Why the proxy could not reach WireMock. */
  readonly problem: Error | undefined;
}

/** @throws {UpstreamError} that tells all of what is wrong */
export async function verify({ name, url, requestLog, unmet, admin, problem }: Verification): Promise<void> {
  const { unmatched, stray, answered } = requestLog;
  const reports: string[] = [];
  if (problem) {
    reports.push(`The upstream "${name}" could not reach WireMock at ${admin.url}: ${problem.message}`);
  }
  if (stray.length > 0) {
    reports.push(reportStray(name, stray, url));
  }
  if (unmatched.length > 0) {
    reports.push(reportUnmatched(name, unmatched, [...answered.keys()]));
  }
  const broken = brokenPromises(requestLog);
  if (broken.length > 0) {
    reports.push(reportPromises(name, broken));
    const length = await admin.journalLength();
    if (length >= JOURNAL_LENGTH) {
      reports.push(`WireMock's journal is full (${length} requests): some may have been forgotten.`);
    }
  }
  const upstream = `the upstream "${name}"`;
  for (const fault of unmet) {
    reports.push(reportUnmet(upstream, fault));
  }
  for (const fault of unmetFaults(requestLog)) {
    reports.push(reportUnmet(upstream, fault, 'no request was answered by it'));
  }
  if (reports.length > 0) {
    const isCause = problem !== undefined || stray.length > 0 || unmatched.length > 0;
    throw new UpstreamError(reports.join('\n\n'), { cause: problem, isCause });
  }
}

/** The faults that are stubs, none of which has answered; of several with one name it is enough that one has. */
function unmetFaults({ answered }: RequestLog): string[] {
  const met = new Map<string, boolean>();
  for (const [{ fault }, requests] of answered) {
    if (fault !== undefined) {
      met.set(fault, (met.get(fault) ?? false) || requests.length > 0);
    }
  }
  return [...met].flatMap(([fault, isMet]) => (isMet ? [] : [fault]));
}

function brokenPromises({ answered, unmatched }: RequestLog): BrokenPromise[] {
  const broken: BrokenPromise[] = [];
  for (const [stub, requests] of answered) {
    const expected = stub.mapping.metadata?.expected;
    if (expected === undefined) {
      continue;
    }
    if (expected === true ? requests.length > 0 : requests.length === expected) {
      continue;
    }
    const elsewhere = [...answered].flatMap(([other, theirs]) => (other === stub ? [] : theirs));
    broken.push({ stub, expected, actual: requests.length, others: [...unmatched, ...elsewhere] });
  }
  return broken;
}
