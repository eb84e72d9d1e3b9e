import { minimatch } from 'minimatch';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { misplacedPatterns, problemOf, type Suite } from './misplaced-tests.ts';

const places = { patterns: ['packages/*', 'apps/*', 'tools/lint'], excluded: [], parents: ['packages', 'apps'] };

function suiteIn(path: string): Suite {
  return /(^|\/)(test|integration|migrations)\//.test(path) ? 'integration' : 'unit';
}

function folderIn(path: string): string | undefined {
  return /^(packages|apps)\/[^/]+(?=\/)/.exec(path)?.[0];
}

describe('a test file', () => {
  test.each([
    'packages/pricing/src/product.test.ts',
    'packages/pricing/src/routes/products.test.ts',
    'packages/pricing/integration/products.test.ts',
    'apps/shop/src/cart.test.ts',
    'generators/engine/plan.test.ts',
    'test/integration/service.test.ts',
    'test/acceptance/kill.test.ts',
  ])('%s has its place', (path) => {
    expect(problemOf(path, suiteIn(path), folderIn(path))).toBeUndefined();
  });

  test.each([
    'packages/pricing/product.test.ts',
    'packages/pricing/test/product.spec.ts',
    'packages/pricing/migrations/a.test.ts',
    'packages/src/a.test.ts',
  ])('%s is told the two places', (path) => {
    expect(problemOf(path, suiteIn(path), folderIn(path))).toMatch(
      /^packages\/.*: no suite looks here\. Move it beside the code in packages\/\w+\/src\/ /,
    );
    expect(problemOf(path, suiteIn(path), folderIn(path))).toMatch(
      /or to packages\/\w+\/integration\/ \(an integration test\)\.$/,
    );
  });

  test.each(['bench/speed.test.ts', 'test/a.test.ts', 'test/other/a.test.ts', 'a.spec.js'])(
    '%s outside the packages is told both',
    (path) => {
      expect(problemOf(path, 'unit')).toBe(
        `${path}: no suite looks here. Move it beside the code in generators/ or a package's src/ (a unit test), ` +
          "or to test/integration/ or a package's integration/ (an integration test).",
      );
    },
  );

  test.each([
    ['packages/pricing/src/product.spec.ts', 'packages/pricing/src/product.test.ts'],
    ['packages/pricing/src/product.test.mts', 'packages/pricing/src/product.test.ts'],
    ['test/integration/a.test.tsx', 'test/integration/a.test.ts'],
  ])('%s in the right place is told its name', (path, name) => {
    expect(problemOf(path, suiteIn(path), folderIn(path))).toBe(
      `${path}: test files are named *.test.ts here. Rename it to ${name}.`,
    );
  });
});

describe('the patterns of the suites', () => {
  // The standard's own run of this file ignores them.
  beforeEach(() => void vi.stubEnv('TESTKIT_MISPLACED_TESTS', ''));
  afterEach(() => void vi.unstubAllEnvs());

  const suitesOf = (path: string) => {
    const patterns = misplacedPatterns(places, ['packages/stray', 'apps/stray'], ['acceptance']);
    return (['unit', 'integration'] as const).filter((suite) =>
      patterns[suite].some((pattern) => minimatch(path, pattern, { nonegate: true })),
    );
  };

  test.each([
    ['packages/pricing/product.test.ts', 'unit'],
    ['packages/pricing/src/b/rates.spec.ts', 'unit'],
    ['packages/pricing/test/product.test.tsx', 'unit'],
    ['packages/pricing/migrations/a.test.ts', 'integration'],
    ['packages/pricing/integration/a.spec.ts', 'integration'],
    ['packages/a.test.ts', 'unit'],
    ['apps/a.test.ts', 'unit'],
    ['apps/shop/cart.test.ts', 'unit'],
    ['apps/shop/migrations/a.test.ts', 'integration'],
    ['apps/stray/integration/a.test.ts', 'unit'],
    ['tools/lint/lib/a.test.ts', 'unit'],
    ['packages/stray/integration/deep/a.test.ts', 'unit'],
    ['packages/stray/migrations/a.test.ts', 'unit'],
    ['scripts/a.test.mjs', 'unit'],
    ['test/a.test.ts', 'unit'],
    ['test/other/a.test.ts', 'unit'],
    ['test/acceptance/a.test.tsx', 'unit'],
    ['test/integration/a.test.tsx', 'integration'],
    ['a.spec.js', 'unit'],
  ])('find %s in %s', (path, suite) => {
    expect(suitesOf(path)).toContain(suite);
  });

  test.each([
    'packages/pricing/integration/products.test.ts',
    'apps/shop/integration/cart.test.ts',
    'apps/shop/src/latest.ts',
    'packages/pricing/node_modules/a/a.test.js',
    'packages/pricing/src/latest.ts',
    'node_modules/a/a.test.js',
    'templates/service/src/main.test.ts',
    'templates/service/src/{{entity}}.test.ts.hbs',
    'test/acceptance/adopt/adopt.test.ts',
    'packages/stray/src/a.ts',
  ])('leave %s alone', (path) => {
    expect(suitesOf(path)).toEqual([]);
  });
});
