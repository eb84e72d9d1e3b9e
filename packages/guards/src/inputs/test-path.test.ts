import { expect, test } from 'vitest';
import { isTestCode, isTestPath } from './test-path.ts';

test.each([
  'integration/call.ts',
  'integration/fixtures/a.fixture.ts',
  'tests/helper.ts',
  'test/a.ts',
  'src/__tests__/setup.ts',
  'src/price.test.ts',
  'src/price.spec.mjs',
])('%s is for tests', (path) => {
  expect(isTestPath(path)).toBe(true);
  expect(isTestCode(`/shop/packages/orders/${path}`, '/shop')).toBe(true);
  expect(isTestCode(`/shop/packages/orders/${path}:12:5`, '/shop')).toBe(true);
});

test.each(['src/price.ts', 'src/integration/stripe.ts', 'src/test/probe.ts', 'src/contest/a.ts', 'src/latest.ts'])(
  '%s is production code',
  (path) => {
    expect(isTestPath(path)).toBe(false);
    expect(isTestCode(`/shop/packages/orders/${path}`, '/shop')).toBe(false);
  },
);

test.each<[file: string, is: boolean]>([
  ['/shop/test/integration/run.ts', true],
  ['/shop/generators/engine/plan.ts', false],
  ['/home/integration/shop/packages/orders/src/price.ts', false],
  ['/tmp/notes/packages/orders/integration/call.ts', true],
  ['/shop/node_modules/pg/test/pool.js', false],
  ['node:test', false],
])('%s, whatever the folder above the workspace is called: %s', (file, is) => {
  expect(isTestCode(file, file.startsWith('/home') ? '/home/integration/shop' : '/shop')).toBe(is);
});
