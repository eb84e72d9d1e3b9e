import { describe, expect, test } from 'vitest';
import { any, del, get, patch, post, put } from './builder.ts';
import { problemsOf } from './check-mapping.ts';

describe('the path', () => {
  test.each([
    [get('/rates/EUR'), { method: 'GET', urlPath: '/rates/EUR' }],
    [put('/rates/{currency}'), { method: 'PUT', urlPathTemplate: '/rates/{currency}' }],
    [patch(/\/rates\/[A-Z]{3}/), { method: 'PATCH', urlPathPattern: '/rates/[A-Z]{3}' }],
    [
      del('/rates?on=2026-01-01'),
      { method: 'DELETE', urlPath: '/rates', queryParameters: { on: { equalTo: '2026-01-01' } } },
    ],
    [any('/'), { method: 'ANY', urlPath: '/' }],
  ])('%# is read', (builder, request) => {
    expect(builder.respond(200).mapping.request).toEqual(request);
  });

  test('a regular expression with flags is refused', () => {
    expect(() => get(/rates/i)).toThrow(
      "/rates/i: flags cannot be sent to WireMock, whose regular expressions are Java's.",
    );
  });
});

describe('the request', () => {
  test('query, headers and body', () => {
    const { mapping } = post('/orders')
      .query({ dry: true, page: 2, sort: { matches: 'a.*' } })
      .header('accept', 'application/json')
      .header('x-id', { absent: true })
      .body({ id: 7, lines: [1, null] })
      .bodyMatching({ matchesJsonPath: '$.id' })
      .respond(201);
    expect(mapping.request).toEqual({
      method: 'POST',
      urlPath: '/orders',
      queryParameters: { dry: { equalTo: 'true' }, page: { equalTo: '2' }, sort: { matches: 'a.*' } },
      headers: { accept: { equalTo: 'application/json' }, 'x-id': { absent: true } },
      bodyPatterns: [{ equalToJson: { id: 7, lines: [1, null] } }, { matchesJsonPath: '$.id' }],
    });
  });

  test('a string is compared as it is', () => {
    expect(post('/').body('a=b').respond(200).mapping.request?.bodyPatterns).toEqual([{ equalTo: 'a=b' }]);
  });

  test('a builder is not changed by what is built from it', () => {
    const base = get('/rates');
    base.query({ on: 'today' });
    expect(base.respond(200).mapping.request).toEqual({ method: 'GET', urlPath: '/rates' });
  });
});

describe('the response', () => {
  test.each([
    [get('/').respond(204), { status: 204, headers: {} }],
    [get('/').respond(200, 'text'), { status: 200, headers: {}, body: 'text' }],
    [
      get('/').respond(200, { rate: '1.10' }),
      { status: 200, headers: { 'content-type': 'application/json' }, jsonBody: { rate: '1.10' } },
    ],
    [get('/').respond(200, null), { status: 200, headers: { 'content-type': 'application/json' }, jsonBody: null }],
    [
      get('/').respond(200, [], { 'Content-Type': 'application/problem+json' }),
      { status: 200, headers: { 'Content-Type': 'application/problem+json' }, jsonBody: [] },
    ],
    [get('/').respond(200, new Uint8Array([0, 255])), { status: 200, headers: {}, base64Body: 'AP8=' }],
    [get('/').respond(200).delay(5), { status: 200, headers: {}, fixedDelayMilliseconds: 5 }],
    [get('/').fault('reset'), { fault: 'CONNECTION_RESET_BY_PEER' }],
  ])('%# is written', ({ mapping }, response) => {
    expect(mapping.response).toEqual(response);
    expect(problemsOf(mapping)).toEqual([]);
  });
});

describe('promises', () => {
  test('are metadata', () => {
    expect(get('/').respond(200).times(2).mapping.metadata).toEqual({ expected: 2 });
    expect(get('/').respond(200).expected().mapping.metadata).toEqual({ expected: true });
    expect(get('/').respond(200).mapping.metadata).toBeUndefined();
  });

  test.each([-1, 1.5, Number.NaN])('times(%d) is refused', (count) => {
    expect(() => get('/').respond(200).times(count)).toThrow(`times(${count}): give an integer of at least 0.`);
  });

  test.each([-1, 10_001, 0.5])('delay(%d) is refused', (milliseconds) => {
    expect(() => get('/').respond(200).delay(milliseconds)).toThrow(
      `delay(${milliseconds}): give whole milliseconds, from 0 to 10000; longer: upstream.fault('slow').`,
    );
  });
});
