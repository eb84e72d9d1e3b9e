import type { RequestPattern, StubMapping } from '@splitlevel/openapi';
import { matchTemplate } from '../stubs/path-template.ts';
import { fits, fitsAny, matches, wantedText } from './fits.ts';

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
  /** `method`, `path`, `path {currency}`, `query on`, `header accept`, `body`. */
  readonly part: string;
  readonly wanted: string;
  readonly got: string;
  /** undefined where only WireMock can tell. */
  readonly fits: boolean | undefined;
}

/** Compares a request with what a stub wants, part by part. */
export function compare(request: SeenRequest, { request: wanted = {}, ...stub }: StubMapping): Comparison[] {
  const { pathname: path, searchParams } = new URL(`http://upstream${request.url}`);
  const comparisons: Comparison[] = [];
  const add = (part: string, text: string, got: string | undefined, fits: boolean | undefined): void => {
    comparisons.push({ part, wanted: text, got: got ?? '(absent)', fits });
  };
  const method = wanted.method ?? 'ANY';
  add('method', method, request.method, method === 'ANY' || method === request.method);
  if (wanted.url !== undefined) {
    add('url', wanted.url, request.url, wanted.url === request.url);
  }
  if (wanted.urlPath !== undefined) {
    add('path', wanted.urlPath, path, wanted.urlPath === path);
  }
  if (wanted.urlPattern !== undefined) {
    add('url', `matches ${wanted.urlPattern}`, request.url, matches(request.url, wanted.urlPattern));
  }
  if (wanted.urlPathPattern !== undefined) {
    add('path', `matches ${wanted.urlPathPattern}`, path, matches(path, wanted.urlPathPattern));
  }
  if (wanted.urlPathTemplate !== undefined) {
    comparisons.push(...compareTemplate(path, wanted.urlPathTemplate, wanted));
  }
  for (const [name, matcher] of Object.entries(wanted.queryParameters ?? {})) {
    const values = searchParams.getAll(name);
    const got = values.length > 0 ? values.join(', ') : undefined;
    add(`query ${name}`, wantedText(matcher), got, values.length > 1 ? fitsAny(values, matcher) : fits(got, matcher));
  }
  for (const [name, matcher] of Object.entries(wanted.headers ?? {})) {
    const got = request.headers[name.toLowerCase()];
    add(`header ${name.toLowerCase()}`, wantedText(matcher), got, fits(got, matcher));
  }
  for (const [name, matcher] of Object.entries(wanted.cookies ?? {})) {
    add(`cookie ${name}`, wantedText(matcher), '?', undefined);
  }
  if (wanted.basicAuthCredentials) {
    add('basic auth', wanted.basicAuthCredentials.username, '?', undefined);
  }
  for (const [name, matcher] of Object.entries(wanted.formParameters ?? {})) {
    add(`form ${name}`, wantedText(matcher), '?', undefined);
  }
  for (const matcher of wanted.bodyPatterns ?? []) {
    add('body', wantedText(matcher), request.body === '' ? '(empty)' : request.body, fits(request.body, matcher));
  }
  if (stub.requiredScenarioState !== undefined) {
    add('scenario', stub.requiredScenarioState, '?', undefined);
  }
  return comparisons;
}

function compareTemplate(path: string, template: string, { pathParameters = {} }: RequestPattern): Comparison[] {
  const values = matchTemplate(path, template);
  const whole: Comparison = { part: 'path', wanted: template, got: path, fits: values !== undefined };
  const parts = Object.entries(pathParameters).map(([name, matcher]): Comparison => {
    const got = values?.get(name);
    const isFitting = values === undefined ? undefined : fits(got, matcher);
    return { part: `path {${name}}`, wanted: wantedText(matcher), got: got ?? '?', fits: isFitting };
  });
  return [whole, ...parts];
}
