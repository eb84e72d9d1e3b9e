import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { prefixMapping, withoutPrefix } from './prefix-mapping.ts';

const response = { status: 200 };
/** The slash of the root, which the base URL lacks. */
const slash = '(?:/|(?<=/t/a1)(?=\\?|\\z))';

describe('a mapping of a tenant', () => {
  test.each([
    [{ url: '/rates?on=today' }, { url: '/t/a1/rates?on=today' }],
    [{ url: '/' }, { urlPattern: '/t/a1/?' }],
    [{ url: '/?on=2026-01-01' }, { urlPattern: '/t/a1/?\\?on\\=2026\\-01\\-01' }],
    [{ urlPath: '/' }, { urlPathPattern: '/t/a1/?' }],
    [{ urlPath: '/rates/' }, { urlPath: '/t/a1/rates/' }],
    [{ urlPathTemplate: '/' }, { urlPathPattern: '/t/a1/?' }],
    [{ urlPathTemplate: '/rates/{currency}' }, { urlPathTemplate: '/t/a1/rates/{currency}' }],
    [{ urlPattern: '/a|/b' }, { urlPattern: `/t/a1(?:${slash}a|${slash}b)` }],
    [{ urlPathPattern: '^/rates/.*$' }, { urlPathPattern: `/t/a1(?:${slash}rates/.*)` }],
    [{ urlPathPattern: '/price\\$' }, { urlPathPattern: `/t/a1(?:${slash}price\\$)` }],
    [{ method: 'GET' }, { method: 'GET', urlPathPattern: '/t/a1(?:/.*)?' }],
    [undefined, { urlPathPattern: '/t/a1(?:/.*)?' }],
  ])('%j is moved under its prefix', (request, moved) => {
    const mapping = prefixMapping({ ...(request && { request }), response }, 'a1', 'id');
    expect(mapping.request).toEqual(moved);
  });

  test('has its own id, scenario and mark', () => {
    const mapping = {
      uuid: 'u',
      id: 'i',
      persistent: true,
      response,
      scenarioName: 'flow',
      metadata: { expected: 1, team: 'x' },
    };
    expect(prefixMapping(mapping, 'a1', 'new')).toEqual({
      id: 'new',
      request: { urlPathPattern: '/t/a1(?:/.*)?' },
      response,
      scenarioName: 'a1 flow',
      metadata: { expected: 1, team: 'x', tenant: 'a1' },
    });
  });
});

test('the prefix is taken off as it was put on', () => {
  fc.assert(
    fc.property(fc.string(), (path) => {
      const url = `/${path}`;
      const { request } = prefixMapping({ request: { url }, response }, 'a1', 'id');
      if (request?.url) {
        expect(withoutPrefix(request.url, 'a1')).toBe(url);
      } else {
        expect(path, 'only the root is a pattern').toMatch(/^(?:\?|$)/);
      }
    }),
  );
  expect(withoutPrefix('/t/a1', 'a1')).toBe('/');
  expect(withoutPrefix('/t/a1?on=today', 'a1')).toBe('/?on=today');
  expect(withoutPrefix('/other', 'a1')).toBe('/other');
});
