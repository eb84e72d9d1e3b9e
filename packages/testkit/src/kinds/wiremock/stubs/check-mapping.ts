import type { StubMapping } from '@splitlevel/openapi';
import { problemsOfUrl } from './check-url.ts';

const KNOWN = {
  mapping: [
    'id',
    'uuid',
    'name',
    'request',
    'response',
    'priority',
    'scenarioName',
    'requiredScenarioState',
    'newScenarioState',
    'metadata',
    'persistent',
  ],
  request: [
    'method',
    'url',
    'urlPattern',
    'urlPath',
    'urlPathPattern',
    'urlPathTemplate',
    'pathParameters',
    'queryParameters',
    'headers',
    'cookies',
    'formParameters',
    'basicAuthCredentials',
    'bodyPatterns',
    'multipartPatterns',
  ],
  response: [
    'status',
    'statusMessage',
    'headers',
    'body',
    'jsonBody',
    'base64Body',
    'bodyFileName',
    'fault',
    'fixedDelayMilliseconds',
    'delayDistribution',
    'chunkedDribbleDelay',
    'transformers',
    'transformerParameters',
  ],
};

const BODIES = ['body', 'jsonBody', 'base64Body', 'bodyFileName'];

/** Keys that WireMock knows and stubs here may not use, with the reason. */
const REFUSED: Readonly<Record<string, string>> = {
  proxyBaseUrl: 'a stub answers by itself; an integration test calls no other server',
  scheme: 'every test has an address of its own, so that the stub cannot know it',
  host: 'every test has an address of its own, so that the stub cannot know it',
  port: 'every test has an address of its own, so that the stub cannot know it',
  customMatcher: 'the shared WireMock has no extensions',
  postServeActions: 'the shared WireMock calls nobody',
  serveEventListeners: 'the shared WireMock calls nobody',
  insertionIndex: "WireMock assigns it; give 'priority' instead",
};

type Fields = Readonly<Record<string, unknown>>;

/**
 * Says what is wrong with a mapping, one sentence each; none when it is fine.
 * Matchers and regular expressions are WireMock's to check, when it is given them.
 */
export function problemsOf(mapping: unknown): string[] {
  if (!isFields(mapping)) {
    return ['a mapping is a JSON object with "request" and "response"'];
  }
  const problems = [...unknownKeys(mapping, KNOWN.mapping, '')];
  const { request = {}, response, metadata = {}, priority, persistent } = mapping;
  if (isFields(request)) {
    problems.push(...problemsOfRequest(request));
  } else {
    problems.push('"request" must be an object');
  }
  if (isFields(response)) {
    problems.push(...problemsOfResponse(response));
  } else {
    problems.push('"response" must be an object: { "status": 200 }');
  }
  problems.push(...problemsOfScenario(mapping));
  if (priority !== undefined && !isWhole(priority, 1)) {
    problems.push('"priority" must be an integer from 1');
  }
  if (persistent === true) {
    problems.push('"persistent" would outlive the test: leave it out');
  }
  if (isFields(metadata)) {
    problems.push(...problemsOfMetadata(metadata));
  } else {
    problems.push('"metadata" must be an object');
  }
  return problems;
}

function problemsOfMetadata({ expected }: { readonly expected?: unknown }): string[] {
  if (expected === undefined || expected === true || isWhole(expected, 0)) {
    return [];
  }
  return ['"metadata.expected" must be true (at least one request) or the exact count of requests'];
}

/**
 * @param source where the mapping comes from, for the message
 * @throws {Error} with everything that is wrong
 */
export function checkMapping(mapping: unknown, source: string): asserts mapping is StubMapping {
  const problems = problemsOf(mapping);
  if (problems.length > 0) {
    throw new Error(`${source} is not a stub that can be used:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
  }
}

function problemsOfRequest(request: Fields): string[] {
  const { method } = request;
  const problems = [...unknownKeys(request, KNOWN.request, 'request.'), ...problemsOfUrl(request)];
  if (method !== undefined && typeof method !== 'string') {
    problems.push('"request.method" must be a string');
  } else if (method !== undefined && method !== method.toUpperCase()) {
    problems.push(`"request.method" never matches: methods are in capitals, as ${method.toUpperCase()}`);
  }
  return problems;
}

/** WireMock ignores the states of a stub that is in no scenario. */
function problemsOfScenario(mapping: Fields): string[] {
  if (mapping.scenarioName !== undefined) {
    return [];
  }
  return ['requiredScenarioState', 'newScenarioState']
    .filter((key) => mapping[key] !== undefined)
    .map((key) => `"${key}" is a state of a scenario: give "scenarioName" too`);
}

function problemsOfResponse(response: Fields): string[] {
  const problems = [...unknownKeys(response, KNOWN.response, 'response.')];
  const bodies = BODIES.filter((key) => response[key] !== undefined);
  if (bodies.length > 1) {
    problems.push(`"response" gives the body in ${bodies.length} ways (${bodies.join(', ')}): keep one`);
  }
  const { status, bodyFileName } = response;
  if (status !== undefined && !(isWhole(status, 100) && Number(status) <= 599)) {
    problems.push('"response.status" must be a number from 100 to 599');
  }
  if (bodyFileName !== undefined && (typeof bodyFileName !== 'string' || bodyFileName.includes('{{'))) {
    problems.push('"response.bodyFileName" must be the name of a file under __files');
  }
  if (/request\.(path|pathSegments)\.\[?\d/.test(JSON.stringify(response))) {
    problems.push(
      'the template counts segments of the path, which begins with the test here: use "urlPathTemplate" and its names',
    );
  }
  return problems;
}

function unknownKeys(fields: Fields, known: readonly string[], path: string): string[] {
  return Object.keys(fields)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const reason = REFUSED[key];
      return reason
        ? `"${path}${key}" cannot be used: ${reason}`
        : `"${path}${key}" is unknown; known here: ${known.join(', ')}`;
    });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWhole(value: unknown, least: number): boolean {
  return Number.isInteger(value) && (value as number) >= least;
}
