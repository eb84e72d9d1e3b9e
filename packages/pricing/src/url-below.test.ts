import { expect, test } from 'vitest';
import { urlBelow } from './url-below.ts';

test.each([
  [['factors'], 'http://rates.example/v2/factors'],
  [['factors', '../a b'], 'http://rates.example/v2/factors/..%2Fa%20b'],
  [['factors', 'a?b#c'], 'http://rates.example/v2/factors/a%3Fb%23c'],
])('%j is encoded, and stays below the base URL', (segments, expected) => {
  expect(urlBelow('http://rates.example/v2/', segments)).toBe(expected);
});

test.each(['', '.', '..'])('%j is refused', (segment) => {
  expect(() => urlBelow('http://rates.example', ['factors', segment])).toThrow('another place than below the base URL');
});
