import { describe, expect, test } from 'vitest';
import { problemsOfUrl } from './check-url.ts';

const equalTo = { equalTo: '1' };

describe('a stub that WireMock takes, and that no request matches as it is meant', () => {
  test.each([
    [
      { urlPath: '/a', pathParameters: { id: equalTo } },
      '"request.pathParameters" are those of "urlPathTemplate": give the path by it, as /rates/{currency}',
    ],
    [
      { urlPathTemplate: '/a/{id}/{b}', pathParameters: { ID: equalTo } },
      '"request.pathParameters.ID" never matches: the template /a/{id}/{b} has {id}, {b}',
    ],
    [
      { urlPathTemplate: '/a', pathParameters: { id: equalTo } },
      '"request.pathParameters.id" never matches: the template /a has no names in braces',
    ],
    [
      { urlPathTemplate: '/a/{id}', pathParameters: { id: { absent: true } } },
      '"request.pathParameters.id" never matches: a part of the path is never absent',
    ],
    [{ urlPathTemplate: '/a/{id}', pathParameters: [] }, '"request.pathParameters" must be an object'],
    [
      { urlPath: '/a/{id}' },
      '"request.urlPath" never matches: {id} is compared as it is. Names in braces are "urlPathTemplate"\'s',
    ],
    [{ url: '/a/{id}?b=1' }, '"request.url" never matches: {id} is compared as it is.'],
    [
      { urlPath: '/a b' },
      '"request.urlPath" never matches: clients send " " percent-encoded. Give it like that: /a%20b',
    ],
    [
      { urlPath: '/ü' },
      '"request.urlPath" never matches: clients send "ü" percent-encoded. Give it like that: /%C3%BC',
    ],
    [{ url: '/a?b=c d' }, 'Give it like that: /a?b=c%20d'],
    [{ url: '/a#b' }, 'clients send "#" percent-encoded'],
    [{ urlPathTemplate: '/a b/{id}' }, '"request.urlPathTemplate" never matches: clients send " " percent-encoded'],
    [
      { url: '/a', queryParameters: { b: equalTo } },
      '"request.queryParameters.b" never matches: "url" is path and query as a whole. Give the path as "urlPath"',
    ],
  ])('%j', (request, problem) => {
    expect(problemsOfUrl(request)).toEqual([expect.stringContaining(problem)]);
  });
});
