import type { Stub } from '@splitlevel/openapi';
import { counted } from '../../shared/counted.ts';
import { closestStub } from './closest-stub.ts';
import type { Comparison, SeenRequest } from './compare.ts';

/** A promise (`metadata.expected`, `times()`, `expected()`) that was not kept. */
export interface BrokenPromise {
  readonly stub: Stub;
  readonly expected: number | true;
  readonly actual: number;
  /** Requests that the stub did not get, of which the closest is shown. */
  readonly others: readonly SeenRequest[];
}

const MOST_LISTED = 5;
const LONGEST_BODY = 500;
const LONGEST_CELL = 60;

/** Tells of requests that no stub matched: each with the closest stub, part by part. */
export function reportUnmatched(upstream: string, requests: readonly SeenRequest[], stubs: readonly Stub[]): string {
  const shown = requests
    .slice(0, MOST_LISTED)
    .map((request) => `${requestText(request)}\n${closestText(request, stubs)}`);
  if (requests.length > MOST_LISTED) {
    shown.push(`… and ${requests.length - MOST_LISTED} more.`);
  }
  const count = requests.length === 1 ? 'a request' : `${requests.length} requests`;
  return (
    `The upstream "${upstream}" got ${count} that no stub matches (answered 404):\n\n${shown.join('\n\n')}\n\n` +
    `Add a stub: a file in stubs/${upstream}/, or ${upstreamCall(requests[0])} in the test.`
  );
}

/** Tells of requests that lost the path of the base URL. */
export function reportStray(upstream: string, requests: readonly SeenRequest[], url: string): string {
  const lines = [...new Set(requests.map(({ method, url: path }) => `  ${method} ${path}`))].slice(0, MOST_LISTED);
  return (
    `The upstream "${upstream}" was asked at the wrong place: its base URL is ${url}, and its path was lost in\n${lines.join('\n')}\n` +
    `new URL('/rates', base) drops the path of the base; write \`\${base}/rates\`.`
  );
}

/** Tells of promises that were not kept: expected, actual, and the closest miss. */
export function reportPromises(upstream: string, promises: readonly BrokenPromise[]): string {
  return promises
    .map(({ stub, expected, actual, others }) => {
      const wanted = expected === true ? 'at least 1 request' : `exactly ${requestsOf(expected)}`;
      const miss = actual === 0 ? closestRequest(stub, others) : undefined;
      return (
        `The upstream "${upstream}" was promised ${wanted} for a stub, and got ${requestsOf(actual)}:\n` +
        `  ${stubText(stub)}${miss === undefined ? '' : `\n\nThe closest other request was\n${miss}`}`
      );
    })
    .join('\n\n');
}

function closestText(request: SeenRequest, stubs: readonly Stub[]): string {
  const closest = closestStub(request, stubs);
  if (!closest) {
    return '  There is no stub at all.';
  }
  return `  The closest stub is ${stubText(closest.stub)}\n${tableOf(closest.comparisons)}`;
}

function closestRequest(stub: Stub, requests: readonly SeenRequest[]): string | undefined {
  let best: { request: SeenRequest; comparisons: Comparison[]; misses: number } | undefined;
  for (const request of requests) {
    const comparisons = closestStub(request, [stub])?.comparisons ?? [];
    const misses = comparisons.filter(({ fits }) => fits !== true).length;
    if (!best || misses < best.misses) {
      best = { request, comparisons, misses };
    }
  }
  return best && `${requestText(best.request)}\n${tableOf(best.comparisons)}`;
}

export function stubText({ mapping, source }: Stub): string {
  const { method = 'ANY', url, urlPath, urlPathTemplate, urlPattern, urlPathPattern } = mapping.request ?? {};
  const address = url ?? urlPath ?? urlPathTemplate ?? urlPattern ?? urlPathPattern ?? 'any URL';
  return `${method} ${address}${mapping.name ? ` "${mapping.name}"` : ''} of ${source}`;
}

function requestText({ method, url, headers, body }: SeenRequest): string {
  const type = headers['content-type'];
  const lines = [`  ${method} ${url}`];
  if (type) {
    lines.push(`  content-type: ${type}`);
  }
  if (body !== '') {
    lines.push(`  ${cut(body, LONGEST_BODY)}`);
  }
  return lines.join('\n');
}

function tableOf(comparisons: readonly Comparison[]): string {
  const rows = [
    ['', '', 'stub', 'request'],
    ...comparisons.map(({ part, wanted, got, fits }) => [
      fits === undefined ? '?' : fits ? ' ' : '✗',
      part,
      cut(wanted, LONGEST_CELL),
      cut(got, LONGEST_CELL),
    ]),
  ] as [string, string, string, string][];
  const width = (column: 1 | 2): number => Math.max(...rows.map((row) => row[column].length));
  const [first, second] = [width(1), width(2)];
  return rows
    .map(([mark, part, wanted, got]) =>
      `    ${mark.padEnd(1)} ${part.padEnd(first)}  ${wanted.padEnd(second)}  ${got}`.trimEnd(),
    )
    .join('\n');
}

function upstreamCall(request: SeenRequest | undefined): string {
  const [path = '/'] = request?.url.split('?') ?? [];
  const method = request?.method === 'DELETE' ? 'del' : (request?.method.toLowerCase() ?? 'get');
  return `stub(${method}('${path}').respond(200, …))`;
}

function requestsOf(count: number): string {
  return count === 0 ? 'no requests' : counted(count, 'request');
}

function cut(text: string, length: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}
