import { describe, expect, test } from 'vitest';
import { rootedPattern } from './root-pattern.ts';

const prefix = '/t/a1';
/** JavaScript has no \z. */
const fits = (pattern: string, url: string) =>
  new RegExp(`^(?:${rootedPattern(prefix, pattern).replaceAll('\\z', '$')})$`).test(prefix + url);

describe('the base URL is the root, with a slash and without one', () => {
  test.each([
    ['/', ''],
    ['/?', ''],
    ['/.*', ''],
    ['.*', ''],
    ['\\/.*', ''],
    ['(/.*)?', ''],
    ['(?:/api)?/', ''],
    ['(?<all>/|/a)', ''],
    ['/a|/', ''],
    ['(?!/b)/.*', ''],
    ['/\\?on=.*', '?on=1'],
    ['/[?]on=1', '?on=1'],
    ['/(?:rates)?(?:\\?.*)?', '?on=1'],
  ])('%s fits %j', (pattern, url) => {
    expect(fits(pattern, url)).toBe(true);
    expect(fits(pattern, `/${url}`)).toBe(true);
  });

  test.each([
    ['/a', ''],
    ['/a/', '/a'],
    ['/a(?:/.*)', '/a'],
    ['/(?:a/)*x', '/a/'],
    ['[/]a|b/', '/b'],
    ['/.+', ''],
    ['/\\?on=1', ''],
    ['/a/\\?on=1', '/a?on=1'],
    ['/a', 'a'],
    ['/.*', 'a'],
  ])('%s does not fit %j', (pattern, url) => {
    expect(fits(pattern, url)).toBe(false);
  });

  test('what begins otherwise stays as it is', () => {
    expect(rootedPattern(prefix, '^[^?]+/a\\|/b$')).toBe('/t/a1(?:[^?]+/a\\|/b)');
    expect(rootedPattern(prefix, '(?i)/a')).toBe('/t/a1(?:(?i)(?:/|(?<=/t/a1)(?=\\?|\\z))a)');
    expect(rootedPattern(prefix, '/(')).toBe('/t/a1(?:(?:/|(?<=/t/a1)(?=\\?|\\z))()');
  });
});
