import { isDeepStrictEqual } from 'node:util';
import type { BodyMatcher, RequestPattern, Stub, ValueMatcher } from './mapping.ts';

/** A request as the stubs of its tenant see it: without the tenant's prefix. */
export interface SeenRequest {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One part of a request beside what a stub wants there. */
export interface Comparison {
  /** `method`, `path`, `query on`, `header accept`, `body`. */
  readonly part: string;
  readonly wanted: string;
  readonly got: string;
  /** undefined where only WireMock can tell. */
  readonly fits: boolean | undefined;
}

/** The stub that a request misses by the least, part by part. */
export function closestStub(
  request: SeenRequest,
  stubs: readonly Stub[],
): { stub: Stub; comparisons: Comparison[] } | undefined {
  let closest: { stub: Stub; comparisons: Comparison[]; distance: number } | undefined;
  for (const stub of stubs) {
    const comparisons = compare(request, stub.mapping.request ?? {});
    const distance = distanceOf(comparisons);
    if (!closest || distance < closest.distance) closest = { stub, comparisons, distance };
  }
  return closest;
}

/** Compares a request with what a stub wants, part by part. */
export function compare(request: SeenRequest, wanted: RequestPattern): Comparison[] {
  const { pathname: path, searchParams } = new URL(`http://upstream${request.url}`);
  const comparisons: Comparison[] = [];
  const add = (part: string, text: string, got: string | undefined, fits: boolean | undefined): void => {
    comparisons.push({ part, wanted: text, got: got ?? '(absent)', fits });
  };
  const method = wanted.method ?? 'ANY';
  add('method', method, request.method, method === 'ANY' || method === request.method);
  if (wanted.url !== undefined) add('url', wanted.url, request.url, wanted.url === request.url);
  if (wanted.urlPath !== undefined) add('path', wanted.urlPath, path, wanted.urlPath === path);
  if (wanted.urlPathTemplate !== undefined)
    add('path', wanted.urlPathTemplate, path, fitsTemplate(path, wanted.urlPathTemplate));
  if (wanted.urlPattern !== undefined)
    add('url', `matches ${wanted.urlPattern}`, request.url, matches(request.url, wanted.urlPattern));
  if (wanted.urlPathPattern !== undefined)
    add('path', `matches ${wanted.urlPathPattern}`, path, matches(path, wanted.urlPathPattern));
  for (const [name, matcher] of Object.entries(wanted.queryParameters ?? {})) {
    const values = searchParams.getAll(name);
    const got = values.length > 0 ? values.join(', ') : undefined;
    add(`query ${name}`, wantedText(matcher), got, values.length > 1 ? fitsAny(values, matcher) : fits(got, matcher));
  }
  for (const [name, matcher] of Object.entries(wanted.headers ?? {})) {
    const got = request.headers[name.toLowerCase()];
    add(`header ${name.toLowerCase()}`, wantedText(matcher), got, fits(got, matcher));
  }
  for (const [name, matcher] of Object.entries(wanted.cookies ?? {}))
    add(`cookie ${name}`, wantedText(matcher), '?', undefined);
  for (const matcher of wanted.bodyPatterns ?? []) {
    add('body', wantedText(matcher), request.body === '' ? '(empty)' : request.body, fits(request.body, matcher));
  }
  return comparisons;
}

/** Weights follow what a reader takes for the same stub: the address first, then the method, then the rest. */
function distanceOf(comparisons: readonly Comparison[]): number {
  let distance = 0;
  for (const { part, fits, wanted, got } of comparisons) {
    if (fits === true) continue;
    if (fits === undefined) distance += 0.1;
    else if (part === 'path' || part === 'url') distance += 2 + 8 * unlike(wanted, got);
    else distance += part === 'method' ? 2 : 1;
  }
  return distance;
}

/** 0 for equal paths, up to 1 for paths that share no segment. */
function unlike(wanted: string, got: string): number {
  const [a, b] = [wanted, got].map((path) => path.split(/[/?&=]/).filter(Boolean)) as [string[], string[]];
  const same = a.filter((segment, index) => segment === b[index]).length;
  const longest = Math.max(a.length, b.length);
  return longest === 0 ? 0 : 1 - same / longest;
}

function fitsTemplate(path: string, template: string): boolean {
  const [a, b] = [path.split('/'), template.split('/')];
  return a.length === b.length && b.every((segment, index) => /^\{.+\}$/.test(segment) || segment === a[index]);
}

function fitsAny(values: readonly string[], matcher: ValueMatcher): boolean | undefined {
  const results = values.map((value) => fits(value, matcher));
  if (results.includes(true)) return true;
  return results.includes(undefined) ? undefined : false;
}

function fits(got: string | undefined, matcher: BodyMatcher): boolean | undefined {
  if ('absent' in matcher) return got === undefined;
  if (got === undefined) return false;
  if ('equalTo' in matcher) {
    if (matcher.caseInsensitive) return matcher.equalTo.toLowerCase() === got.toLowerCase();
    return matcher.equalTo === got;
  }
  if ('contains' in matcher) return got.includes(matcher.contains);
  if ('doesNotContain' in matcher) return !got.includes(matcher.doesNotContain);
  if ('matches' in matcher) return matches(got, matcher.matches);
  if ('doesNotMatch' in matcher) return not(matches(got, matcher.doesNotMatch));
  if ('equalToJson' in matcher && !matcher.ignoreArrayOrder && !matcher.ignoreExtraElements)
    return equalJson(got, matcher.equalToJson);
  return undefined;
}

function equalJson(got: string, wanted: unknown): boolean {
  try {
    return isDeepStrictEqual(JSON.parse(got), typeof wanted === 'string' ? JSON.parse(wanted) : wanted);
  } catch {
    return false;
  }
}

/** undefined for a regular expression that Java knows and JavaScript does not. */
function matches(text: string, pattern: string): boolean | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 's').test(text);
  } catch {
    return undefined;
  }
}

function not(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function wantedText(matcher: BodyMatcher): string {
  if ('equalTo' in matcher) return matcher.equalTo;
  if ('absent' in matcher) return '(absent)';
  if ('equalToJson' in matcher) {
    return typeof matcher.equalToJson === 'string' ? matcher.equalToJson : JSON.stringify(matcher.equalToJson);
  }
  return Object.entries(matcher)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(', ');
}
