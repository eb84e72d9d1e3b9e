import { expect, test } from 'vitest';
import { aPackage, aRepository, aSource } from '../a-repository.ts';
import type { Source } from '../repository.ts';
import { findingsIn } from './rules.ts';

const told = (...arguments_: Parameters<typeof aRepository>) =>
  findingsIn(aRepository(...arguments_)).map((each) => `${each.package} ${each.rule}: ${each.what}`);
const withSource = (path: string, source: Partial<Source>, using: Partial<Source> = {}) =>
  told({
    orders: {
      sources: new Map([...aPackage().sources, ['src/price.test.ts', aSource(using)], [path, aSource(source)]]),
    },
  });

test('in a test, each line once', () => {
  const skips = [
    { text: 'test.skip', line: 3 },
    { text: 'test.skip', line: 3 },
    { text: 'describe.only', line: 5 },
    { text: 'test.fails', line: 7 },
    { text: 'test(…, { fails: … })', line: 9 },
    { text: 'vi.setConfig({ retry: … })', line: 11 },
  ];
  expect(withSource('src/price.test.ts', { skips })).toEqual([
    'orders skipped: packages/orders/src/price.test.ts:3 skips tests: test.skip',
    'orders skipped: packages/orders/src/price.test.ts:5 runs a test alone: describe.only',
    'orders skipped: packages/orders/src/price.test.ts:7 passes where a test fails: test.fails',
    'orders skipped: packages/orders/src/price.test.ts:9 passes where a test fails: test(…, { fails: … })',
    'orders skipped: packages/orders/src/price.test.ts:11 passes where a test passes now and then: vi.setConfig({ retry: … })',
  ]);
});

test('in what tests import, unless a function there has this name', () => {
  const using = { imports: ['./shared.ts'] };
  expect(withSource('src/shared.ts', { skips: [{ text: 'describe.skipIf', line: 1 }] }, using)).toHaveLength(1);
  expect(withSource('src/shared.ts', { skips: [{ text: 'skip(…)', line: 1 }] }, using)).toEqual([]);
  expect(withSource('src/shared.ts', { skips: [{ text: 'test.skip', line: 1 }] })).toEqual([]);
});

test('at run time, by what the run says', () => {
  const { unitRun } = aRepository();
  const file = 'packages/orders/src/price.test.ts';
  const files = new Map([[file, { passed: true, tests: 1, skipped: ['a price', 'a sum'], failures: [] }]]);
  expect(told({ unitRun: { ...unitRun, files } })).toEqual([
    `orders skipped: ${file}: 2 tests, as "a price" did not run`,
  ]);
});
