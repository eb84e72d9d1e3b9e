import type { BodyMatcher, RequestPattern, ResponseDefinition, StubMapping, ValueMatcher } from '@splitlevel/openapi';

/** A value that must be equal, or a matcher for what is not that simple. */
export type Value = string | number | boolean | ValueMatcher;

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** The request part of a stub: `get('/rates/EUR').query({ on: '2026-01-01' })`. Every call returns a new one. */
export class RequestBuilder {
  readonly #request: RequestPattern;

  constructor(request: RequestPattern) {
    this.#request = request;
  }

  /** Query parameters that must be there; others may be. */
  query(parameters: Readonly<Record<string, Value>>): RequestBuilder {
    return this.#with({ queryParameters: { ...this.#request.queryParameters, ...matchersOf(parameters) } });
  }

  /** A header that must be there. */
  header(name: string, value: Value): RequestBuilder {
    return this.#with({ headers: { ...this.#request.headers, [name]: matcherOf(value) } });
  }

  /** The body must be this string, or equal to this value as JSON (in any order of its properties). */
  body(body: Json): RequestBuilder {
    return this.bodyMatching(typeof body === 'string' ? { equalTo: body } : { equalToJson: body });
  }

  /** The body must fit a matcher of WireMock: `{ matchesJsonPath: '$.items[0]' }`. With several, all of them. */
  bodyMatching(matcher: BodyMatcher): RequestBuilder {
    return this.#with({ bodyPatterns: [...(this.#request.bodyPatterns ?? []), matcher] });
  }

  /**
   * Answers.
   * @param body strings and bytes are sent as they are, any other value as JSON, with its content type
   */
  respond(status: number, body?: Json | Uint8Array, headers: Readonly<Record<string, string>> = {}): StubBuilder {
    return new StubBuilder({ request: this.#request, response: { status, ...bodyOf(body, headers) } });
  }

  /**
   * Breaks the answer; see `upstream.fault()` for what a client sees. (A `reset` of one stub comes through a container
   * engine as a plain end of the connection: cause `UND_ERR_SOCKET`.)
   */
  fault(fault: 'reset' | 'empty' | 'malformed'): StubBuilder {
    return new StubBuilder({ request: this.#request, response: { fault: FAULTS[fault] } });
  }

  #with(change: RequestPattern): RequestBuilder {
    return new RequestBuilder({ ...this.#request, ...change });
  }
}

/** A stub that is complete: give it to `upstream.stub()`. Every call returns a new one. */
export class StubBuilder {
  readonly mapping: StubMapping;

  constructor(mapping: StubMapping) {
    this.mapping = mapping;
  }

  /** Answers so many milliseconds later. */
  delay(milliseconds: number): StubBuilder {
    if (!Number.isInteger(milliseconds) || milliseconds < 0 || milliseconds > MAX_DELAY_MS) {
      throw new Error(
        `delay(${milliseconds}): give whole milliseconds, from 0 to ${MAX_DELAY_MS}; longer: upstream.fault('slow').`,
      );
    }
    return this.#with({ response: { ...this.mapping.response, fixedDelayMilliseconds: milliseconds } });
  }

  /** Promises exactly so many requests, verified at the end of the test; 0 promises that there is none. */
  times(count: number): StubBuilder {
    if (!Number.isInteger(count) || count < 0) {
      throw new Error(`times(${count}): give an integer of at least 0.`);
    }
    return this.#with({ metadata: { ...this.mapping.metadata, expected: count } });
  }

  /** Promises at least one request, verified at the end of the test. */
  expected(): StubBuilder {
    return this.#with({ metadata: { ...this.mapping.metadata, expected: true } });
  }

  #with(change: Partial<StubMapping>): StubBuilder {
    return new StubBuilder({ ...this.mapping, ...change });
  }
}

export const FAULTS = {
  reset: 'CONNECTION_RESET_BY_PEER',
  empty: 'EMPTY_RESPONSE',
  malformed: 'MALFORMED_RESPONSE_CHUNK',
} as const;

/** A delay of WireMock's own holds one of its threads, which all tests share. */
const MAX_DELAY_MS = 10_000;

/**
 * A stub for requests of a method.
 * @param path as it is given to the upstream's base URL: exact (`/rates/EUR`, or with a query, `/rates?on=2026-01-01`),
 * with
 *   names (`/rates/{currency}`), or a regular expression for the whole path
 */
export const get = (path: string | RegExp): RequestBuilder => request('GET', path);
export const post = (path: string | RegExp): RequestBuilder => request('POST', path);
export const put = (path: string | RegExp): RequestBuilder => request('PUT', path);
export const patch = (path: string | RegExp): RequestBuilder => request('PATCH', path);
export const del = (path: string | RegExp): RequestBuilder => request('DELETE', path);
export const head = (path: string | RegExp): RequestBuilder => request('HEAD', path);
/** A stub for requests of every method. */
export const any = (path: string | RegExp): RequestBuilder => request('ANY', path);

function request(method: string, path: string | RegExp): RequestBuilder {
  if (path instanceof RegExp) {
    if (path.flags !== '') {
      throw new Error(`${path}: flags cannot be sent to WireMock, whose regular expressions are Java's.`);
    }
    return new RequestBuilder({ method, urlPathPattern: path.source.replaceAll('\\/', '/') });
  }
  const [urlPath = '', query] = path.split('?', 2);
  const url = /\{[^}]+\}/.test(urlPath) ? { urlPathTemplate: urlPath } : { urlPath };
  const builder = new RequestBuilder({ method, ...url });
  return query === undefined ? builder : builder.query(Object.fromEntries(new URLSearchParams(query)));
}

function matchersOf(values: Readonly<Record<string, Value>>): Record<string, ValueMatcher> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, matcherOf(value)]));
}

function matcherOf(value: Value): ValueMatcher {
  return typeof value === 'object' ? value : { equalTo: String(value) };
}

function bodyOf(body: Json | Uint8Array | undefined, headers: Readonly<Record<string, string>>): ResponseDefinition {
  if (body === undefined) {
    return { headers };
  }
  if (typeof body === 'string') {
    return { headers, body };
  }
  if (body instanceof Uint8Array) {
    return { headers, base64Body: Buffer.from(body).toString('base64') };
  }
  const typed = Object.keys(headers).some((name) => name.toLowerCase() === 'content-type');
  return { headers: typed ? headers : { ...headers, 'content-type': 'application/json' }, jsonBody: body };
}
