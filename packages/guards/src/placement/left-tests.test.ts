import { expect, test } from 'vitest';
import { asPatterns, parseAdoption } from './left-tests.ts';

test('paths with signs of patterns name themselves alone', () => {
  expect(asPatterns(['packages/x/src/[id].test.ts', 'packages/x/src/(a)+b.test.ts'])).toEqual([
    'packages/x/src/\\[id\\].test.ts',
    'packages/x/src/\\(a\\)\\+b.test.ts',
  ]);
});

test.each(['{}', '[]', '{"stays":null}', '{"stays":{"a":1}}', 'no JSON'])('%s is not a list', (text) => {
  expect(() => parseAdoption(text)).toThrow();
});
