import { waitBriefly } from '../../kinds/shared/wait-briefly.ts';
import type { Upstream, UpstreamRequest } from '../../kinds/wiremock/upstream.ts';

/** Methods that have the same effect when they are sent again: RFC 9110, 9.2.2. */
const idempotent = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);
const MOST_LISTED = 10;
/** Milliseconds within which a request that its client gave up must have come in, on a busy machine too. */
const IN_FLIGHT_MS = 1000;

/**
 * Expects that the upstream was asked this many times since the test began. Requests whose client did not wait for an
 * answer may still be on their way: too few are waited for, for a second.
 * @throws {Error} when it was asked more or less often: with the requests, and what a wrong number of attempts may
 * mean.
 */
export async function expectAttempts(upstream: Upstream, count: number): Promise<void> {
  let requests: readonly UpstreamRequest[] = [];
  await waitBriefly(async () => {
    requests = await upstream.requests();
    return requests.length >= count;
  }, IN_FLIGHT_MS);
  if (requests.length === count) {
    return;
  }
  const error = new Error(reportAttempts(upstream.name, requests, count));
  Error.captureStackTrace(error, expectAttempts);
  throw error;
}

/** Says what was expected, what came, and why that matters. */
export function reportAttempts(
  name: string,
  requests: readonly Pick<UpstreamRequest, 'method' | 'url'>[],
  count: number,
): string {
  const lines = requests.slice(0, MOST_LISTED).map(({ method, url }) => `  ${method} ${url}`);
  if (requests.length > MOST_LISTED) {
    lines.push(`  … and ${requests.length - MOST_LISTED} more`);
  }
  const sent = requests.length === 0 ? 'not asked at all' : `asked ${times(requests.length)}`;
  return [`${name} was ${sent}, and not ${times(count)}.`, ...lines, meaningOf(requests, count)].join('\n');
}

function meaningOf(requests: readonly Pick<UpstreamRequest, 'method'>[], count: number): string {
  if (requests.length < count) {
    return 'Too few attempts: what may pass, such as a time-out, a broken connection or 503, is worth asking again.';
  }
  const method = requests.find((request) => !idempotent.has(request.method))?.method;
  return method === undefined
    ? 'Too many attempts: retries must have a bound, and be kept for what may pass.'
    : `A call that is not idempotent was sent again: nobody knows whether a ${method} without an answer had its effect.`;
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
