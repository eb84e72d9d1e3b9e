import { describe, expect, test } from 'vitest';
import { problemOf } from './misplaced-tests.ts';

describe('a test file', () => {
  test.each([
    'packages/pricing/src/product.test.ts',
    'packages/pricing/src/routes/products.test.ts',
    'packages/pricing/integration/products.test.ts',
    'generators/engine/plan.test.ts',
    'test/integration/service.test.ts',
    'test/acceptance/kill.test.ts',
  ])('%s has its place', (path) => {
    expect(problemOf(path)).toBeUndefined();
  });

  test.each([
    'packages/pricing/product.test.ts',
    'packages/pricing/test/product.spec.ts',
    'packages/pricing/migrations/a.test.ts',
    'packages/src/a.test.ts',
  ])('%s is told the two places', (path) => {
    expect(problemOf(path)).toMatch(
      /^packages\/.*: no suite looks here\. Move it beside the code in packages\/\w+\/src\/ /,
    );
    expect(problemOf(path)).toMatch(/or to packages\/\w+\/integration\/ \(an integration test\)\.$/);
  });

  test.each(['bench/speed.test.ts', 'test/a.test.ts', 'a.spec.js'])('%s outside the packages is told both', (path) => {
    expect(problemOf(path)).toBe(
      `${path}: no suite looks here. Move it beside the code in generators/ or packages/*/src/ (a unit test), ` +
        'or to test/integration/ or packages/*/integration/ (an integration test).',
    );
  });

  test.each([
    ['packages/pricing/src/product.spec.ts', 'packages/pricing/src/product.test.ts'],
    ['packages/pricing/src/product.test.mts', 'packages/pricing/src/product.test.ts'],
    ['test/integration/a.test.tsx', 'test/integration/a.test.ts'],
  ])('%s in the right place is told its name', (path, name) => {
    expect(problemOf(path)).toBe(`${path}: test files are named *.test.ts here. Rename it to ${name}.`);
  });
});
