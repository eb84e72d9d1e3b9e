import type { RequestPattern, Stub } from '@splitlevel/openapi';
import { describe, expect, test } from 'vitest';
import { closestStub } from './closest-stub.ts';
import { compare } from './compare.ts';

const request = {
  method: 'GET',
  url: '/rates/EUR?on=2026-01-01&tag=a&tag=b',
  headers: { accept: 'application/json' },
  body: '{"a":[1,2]}',
};

function stub(source: string, pattern: RequestPattern): Stub {
  return { source, mapping: { request: pattern, response: { status: 200 } } };
}

describe('a part fits or not', () => {
  test.each<[RequestPattern, boolean | undefined]>([
    [{ url: '/rates/EUR' }, false],
    [{ url: '/rates/EUR?on=2026-01-01&tag=a&tag=b' }, true],
    [{ urlPath: '/rates/EUR' }, true],
    [{ urlPathTemplate: '/rates/{currency}' }, true],
    [{ urlPathTemplate: '/rates/{currency}/{on}' }, false],
    [{ urlPathTemplate: '/rates/E{rest}' }, true],
    [{ urlPathTemplate: '/rates/{currency:[a-z]+}' }, false],
    [{ urlPathTemplate: '/{all}/**' }, true],
    [{ urlPathTemplate: '/rates/{currency}', pathParameters: { currency: { equalTo: 'EUR' } } }, true],
    [{ urlPathTemplate: '/rates/{currency}', pathParameters: { currency: { equalTo: 'USD' } } }, false],
    [{ urlPathTemplate: '/rate/{currency}', pathParameters: { currency: { equalTo: 'EUR' } } }, undefined],
    [{ urlPathPattern: '/rates/[A-Z]{3}' }, true],
    [{ urlPathPattern: '/rates' }, false],
    [{ urlPathPattern: '/rates/(?i)eur' }, undefined],
    [{ queryParameters: { on: { equalTo: '2026-01-01' } } }, true],
    [{ queryParameters: { on: { equalTo: '2026-01-02' } } }, false],
    [{ queryParameters: { off: { absent: true } } }, true],
    [{ queryParameters: { on: { absent: true } } }, false],
    [{ queryParameters: { off: { equalTo: '1' } } }, false],
    [{ queryParameters: { tag: { equalTo: 'b' } } }, true],
    [{ headers: { Accept: { contains: 'json' } } }, true],
    [{ headers: { Accept: { doesNotContain: 'json' } } }, false],
    [{ headers: { Accept: { equalTo: 'APPLICATION/JSON', caseInsensitive: true } } }, true],
    [{ headers: { Accept: { doesNotMatch: 'text/.*' } } }, true],
    [{ bodyPatterns: [{ equalToJson: { a: [1, 2] } }] }, true],
    [{ bodyPatterns: [{ equalToJson: '{ "a": [2, 1] }' }] }, false],
    [{ bodyPatterns: [{ matchesJsonPath: '$.a' }] }, undefined],
  ])('%j: %s', (pattern, fits) => {
    expect(compare(request, { request: pattern, response: {} }).at(-1)?.fits).toBe(fits);
  });
});

describe('the closest stub', () => {
  test('has the same address and another query', () => {
    const stubs = [
      stub('orders', { method: 'GET', urlPath: '/orders' }),
      stub('other day', { method: 'GET', urlPath: '/rates/EUR', queryParameters: { on: { equalTo: '2025-12-31' } } }),
      stub('other method', { method: 'POST', urlPath: '/rates/EUR' }),
    ];
    expect(closestStub(request, stubs)?.stub.source).toBe('other day');
  });

  test('has the method wrong rather than the address', () => {
    const stubs = [
      stub('other method', { method: 'POST', urlPath: '/rates/EUR' }),
      stub('other address', { method: 'GET', urlPath: '/health' }),
    ];
    expect(closestStub(request, stubs)?.stub.source).toBe('other method');
  });

  test('has another value in its path, rather than another path', () => {
    const currency = { equalTo: 'USD' };
    const stubs = [
      stub('other address', { method: 'GET', urlPath: '/rates' }),
      stub('other currency', { urlPathTemplate: '/rates/{currency}', pathParameters: { currency } }),
    ];
    const closest = closestStub(request, stubs);
    expect(closest?.stub.source).toBe('other currency');
    expect(closest?.comparisons).toContainEqual({ part: 'path {currency}', wanted: 'USD', got: 'EUR', fits: false });
  });

  test('waits for a state of its scenario', () => {
    const mapping = { request: {}, response: {}, scenarioName: 'payment', requiredScenarioState: 'paid' };
    const scenario = { part: 'scenario', wanted: 'paid', got: '?', fits: undefined };
    expect(compare(request, mapping)).toContainEqual(scenario);
  });

  test('is none when there is none', () => {
    expect(closestStub(request, [])).toBeUndefined();
  });
});
