import { expect, test } from 'vitest';
import { isTestName, placeOf } from './place.ts';

test.each<[path: string, kind: 'unit' | 'integration', place: string]>([
  ['test/a.test.ts', 'unit', 'src/a.test.ts'],
  ['tests/unit/a.test.ts', 'unit', 'src/a.test.ts'],
  ['__tests__/deep/a.spec.ts', 'unit', 'src/deep/a.test.ts'],
  ['a.test.ts', 'unit', 'src/a.test.ts'],
  ['src/a.test.ts', 'unit', 'src/a.test.ts'],
  ['src/__tests__/a.spec.ts', 'unit', 'src/__tests__/a.test.ts'],
  ['src/a.test.ts', 'integration', 'integration/a.test.ts'],
  ['src/deep/a.integration.test.ts', 'integration', 'integration/deep/a.test.ts'],
  ['src/deep/__tests__/a.int.spec.ts', 'integration', 'integration/deep/a.test.ts'],
  ['test/e2e/a.test.ts', 'integration', 'integration/a.test.ts'],
  ['integration/deep/a.test.ts', 'integration', 'integration/deep/a.test.ts'],
  ['integration/a.test.ts', 'unit', 'src/a.test.ts'],
])('%s, a test of the kind %s, goes to %s', (path, kind, place) => {
  expect(placeOf(path, kind, [])).toBe(place);
});

test('a unit test goes beside what it is named after, where it imports that', () => {
  expect(placeOf('test/price.test.ts', 'unit', ['src/other.ts', 'src/deep/price.ts'])).toBe('src/deep/price.test.ts');
  expect(placeOf('test/price.test.ts', 'unit', ['src/other.ts'])).toBe('src/price.test.ts');
});

test('the other endings of tests become .test.ts, and other names get it', () => {
  expect(
    ['test/a.test.mts', 'test/a.spec.js', 'src/a.test.tsx', 'checks/a.ts'].map((path) => placeOf(path, 'unit', [])),
  ).toEqual(['src/a.test.ts', 'src/a.test.ts', 'src/a.test.ts', 'src/checks/a.test.ts']);
});

test('what is named as tests are', () => {
  expect(
    ['a.test.ts', 'a.spec.js', 'a.int.test.tsx', '.test.ts', 'a.ts', 'test.ts', 'a.tests.ts'].map(isTestName),
  ).toEqual([true, true, true, false, false, false, false]);
});
