import { describe, expect, test } from 'vitest';
import { checkMapping, problemsOf } from './check-mapping.ts';

const response = { status: 200 };

test.each([
  { request: { method: 'GET', urlPath: '/rates' }, response },
  { response },
  {
    name: 'a',
    priority: 1,
    request: { urlPattern: '/a\\$.*' },
    response: { jsonBody: {} },
    metadata: { expected: true },
  },
  { request: { urlPathPattern: '^/[^/]+$' }, response },
  { request: { urlPathTemplate: '/a/{id}.json', pathParameters: { id: { equalTo: '1' } } }, response },
  { request: { urlPathTemplate: '/a/{id:[0-9]{2}}/b-{c}/**' }, response },
  { request: { url: '/a?b=%20{c}', queryParameters: { b: { contains: 'c' }, d: { absent: true } } }, response },
  { request: { urlPath: "/a%20b/~(c);d=!$&'*+,=:@|[e]" }, response },
  { id: 'i', uuid: 'u', persistent: false, request: { url: '/a?b' }, response, metadata: { expected: 0 } },
])('%j is fine', (mapping) => {
  expect(problemsOf(mapping)).toEqual([]);
});

describe('a mapping with a mistake is told what it is', () => {
  test.each([
    [null, 'a mapping is a JSON object with "request" and "response"'],
    [[], 'a mapping is a JSON object with "request" and "response"'],
    [{}, '"response" must be an object: { "status": 200 }'],
    [{ request: 'GET /', response }, '"request" must be an object'],
    [{ response, extra: 1 }, '"extra" is unknown; known here: id, uuid, name, request'],
    [{ response, request: { urlPaht: '/a' } }, '"request.urlPaht" is unknown; known here: method, url'],
    [{ response: { proxyBaseUrl: 'http://a' } }, '"response.proxyBaseUrl" cannot be used: a stub answers by itself'],
    [{ response, request: { port: 80 } }, '"request.port" cannot be used: every test has an address of its own'],
    [{ response, request: { url: '/a', urlPath: '/a' } }, '"request" gives the URL in 2 ways (url, urlPath): keep one'],
    [{ response, request: { url: 'https://a.example/b' } }, '"request.url" is an absolute URL: give the path only'],
    [{ response, request: { urlPattern: '^https://a.example/b' } }, '"request.urlPattern" is an absolute URL'],
    [{ response, request: { urlPath: 'rates' } }, '"request.urlPath" must begin with a slash: /rates'],
    [{ response, request: { urlPath: '/a?b=1' } }, '"request.urlPath" has a query: give it as "queryParameters"'],
    [{ response, request: { urlPath: 5 } }, '"request.urlPath" must be a string'],
    [
      { response, request: { urlPathPattern: '^/a$|^/b$' } },
      '"request.urlPathPattern" has ^ or $ inside: leave them out',
    ],
    [{ response, request: { method: 'get' } }, '"request.method" never matches: methods are in capitals, as GET'],
    [{ response, request: { method: 1 } }, '"request.method" must be a string'],
    [
      { response, requiredScenarioState: 'paid' },
      '"requiredScenarioState" is a state of a scenario: give "scenarioName"',
    ],
    [{ response: { body: '', jsonBody: 1 } }, '"response" gives the body in 2 ways (body, jsonBody): keep one'],
    [{ response: { status: 42 } }, '"response.status" must be a number from 100 to 599'],
    [{ response: { status: '200' } }, '"response.status" must be a number from 100 to 599'],
    [{ response: { body: '{{request.pathSegments.[1]}}' } }, 'the template counts segments of the path'],
    [{ response: { bodyFileName: '{{request.path.id}}.json' } }, '"response.bodyFileName" must be the name of a file'],
    [{ response, priority: 0 }, '"priority" must be an integer from 1'],
    [{ response, persistent: true }, '"persistent" would outlive the test: leave it out'],
    [{ response, metadata: [] }, '"metadata" must be an object'],
    [
      { response, metadata: { expected: 'once' } },
      '"metadata.expected" must be true (at least one request) or the exact',
    ],
  ])('%j', (mapping, problem) => {
    expect(problemsOf(mapping)).toEqual([expect.stringContaining(problem)]);
  });

  test('all of them, with the source', () => {
    expect(() => checkMapping({ respons: {} }, 'stubs/rates/eur.json')).toThrow(
      /^stubs\/rates\/eur\.json is not a stub that can be used:\n {2}- "respons" is unknown; .*\n {2}- "response" must be an object: \{ "status": 200 \}$/,
    );
  });
});
