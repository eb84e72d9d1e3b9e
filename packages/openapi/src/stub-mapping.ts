/**
 * The part of WireMock's stub mappings that stubs of a package may use, as in its mapping files
 * (https://wiremock.org/docs/stubbing/, https://wiremock.org/docs/request-matching/).
 */
export interface StubMapping {
  /** For messages. */
  readonly name?: string;
  readonly request?: RequestPattern;
  readonly response: ResponseDefinition;
  /** 1 is asked first; 5 when left out. Of two stubs of one priority, the one added later is asked first. */
  readonly priority?: number;
  readonly scenarioName?: string;
  readonly requiredScenarioState?: string;
  readonly newScenarioState?: string;
  readonly metadata?: StubMetadata;
}

export interface StubMetadata {
  /**
   * Makes the stub a promise that is verified at the end of each test: a number is the exact count of requests that it
   * must have answered, `true` is at least one.
   */
  readonly expected?: number | true;
  readonly [key: string]: unknown;
}

/** The requests that match. Of the five ways to give the URL, one at most. */
export interface RequestPattern {
  /** `GET`, …, or `ANY`, which is the default. */
  readonly method?: string;
  /** Path and query, exactly. */
  readonly url?: string;
  /** Path and query, as a regular expression (Java) that must fit the whole. */
  readonly urlPattern?: string;
  /** Path, exactly; the query is free, unless `queryParameters` says otherwise. */
  readonly urlPath?: string;
  readonly urlPathPattern?: string;
  /** Path with names in braces: `/rates/{currency}`; see `pathParameters`. */
  readonly urlPathTemplate?: string;
  readonly pathParameters?: Readonly<Record<string, ValueMatcher>>;
  readonly queryParameters?: Readonly<Record<string, ValueMatcher>>;
  readonly headers?: Readonly<Record<string, ValueMatcher>>;
  readonly cookies?: Readonly<Record<string, ValueMatcher>>;
  readonly formParameters?: Readonly<Record<string, ValueMatcher>>;
  readonly basicAuthCredentials?: { readonly username: string; readonly password: string };
  /** All of them must fit. */
  readonly bodyPatterns?: readonly BodyMatcher[];
}

/**
 * The values of a header, a cookie or a parameter that match. `matches` and `doesNotMatch` take regular expressions
 * (Java).
 */
export type ValueMatcher =
  | { readonly equalTo: string; readonly caseInsensitive?: boolean }
  | { readonly contains: string }
  | { readonly doesNotContain: string }
  | { readonly matches: string }
  | { readonly doesNotMatch: string }
  | { readonly absent: true }
  | { readonly before: string }
  | { readonly after: string }
  | { readonly equalToDateTime: string }
  | { readonly hasExactly: readonly ValueMatcher[] }
  | { readonly includes: readonly ValueMatcher[] }
  | { readonly and: readonly ValueMatcher[] }
  | { readonly or: readonly ValueMatcher[] }
  | { readonly not: ValueMatcher };

/** The bodies that match. */
export type BodyMatcher =
  | ValueMatcher
  | { readonly equalToJson: unknown; readonly ignoreArrayOrder?: boolean; readonly ignoreExtraElements?: boolean }
  | { readonly matchesJsonPath: string | ({ readonly expression: string } & ValueMatcher) }
  | { readonly matchesJsonSchema: unknown; readonly schemaVersion?: string }
  | { readonly equalToXml: string }
  | { readonly matchesXPath: string | ({ readonly expression: string } & ValueMatcher) }
  | { readonly binaryEqualTo: string };

/** The answer. Of the four ways to give the body, one at most. */
export interface ResponseDefinition {
  /** 200 when left out. */
  readonly status?: number;
  readonly statusMessage?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly jsonBody?: unknown;
  readonly base64Body?: string;
  /** A file under `stubs/<upstream>/__files`. */
  readonly bodyFileName?: string;
  readonly fault?:
    | 'EMPTY_RESPONSE'
    | 'MALFORMED_RESPONSE_CHUNK'
    | 'RANDOM_DATA_THEN_CLOSE'
    | 'CONNECTION_RESET_BY_PEER';
  readonly fixedDelayMilliseconds?: number;
  readonly delayDistribution?: Readonly<Record<string, unknown>>;
  readonly chunkedDribbleDelay?: { readonly numberOfChunks: number; readonly totalDuration: number };
  readonly transformers?: readonly string[];
  readonly transformerParameters?: Readonly<Record<string, unknown>>;
}

/** A mapping and where it comes from. */
export interface Stub {
  readonly mapping: StubMapping;
  /** For messages: a file's path from the workspace, or `stub() at file:line`. */
  readonly source: string;
  /** The name of the fault of the whole upstream that it is, or is part of. */
  readonly fault?: string;
}
