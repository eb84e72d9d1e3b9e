import fc from 'fast-check';
import { expect, test } from 'vitest';
import { balance, type Suite, secondsOf } from './balance.ts';

const suite = (project: string, ...seconds: number[]): Suite => ({
  project,
  files: seconds.map((second, index) => ({
    path: `packages/${project}/integration/${index}.test.ts`,
    seconds: second,
  })),
});

const suites = fc
  .uniqueArray(
    fc.record({
      project: fc.stringMatching(/^[a-z]{1,6}$/),
      seconds: fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 40 }),
    }),
    {
      selector: ({ project }) => project,
      maxLength: 30,
    },
  )
  .map((all) => all.map(({ project, seconds }) => suite(project, ...seconds)));

test('the longest machine takes at most 1.2 times the mean and the longest single file', () => {
  fc.assert(
    fc.property(suites, fc.integer({ min: 1, max: 12 }), (all, machines) => {
      const files = all.flatMap((one) => one.files);
      const longest = Math.max(
        0,
        ...balance(all, machines).map((share) => secondsOf(share.flatMap((one) => one.files))),
      );
      const allowed = (1.2 * secondsOf(files)) / machines + Math.max(0, ...files.map(({ seconds }) => seconds));
      expect(longest).toBeLessThanOrEqual(allowed + 1e-6);
    }),
    { numRuns: 500 },
  );
});

test('every file runs on exactly one machine, and no machine has nothing to do', () => {
  fc.assert(
    fc.property(suites, fc.integer({ min: 1, max: 12 }), (all, machines) => {
      const shares = balance(all, machines);
      const paths = (of: readonly Suite[]) => of.flatMap((one) => one.files.map(({ path }) => path));
      expect(shares.flatMap(paths).sort()).toEqual(paths(all).sort());
      expect(shares.length).toBeLessThanOrEqual(machines);
      for (const share of shares) {
        expect(paths(share).length).toBeGreaterThan(0);
        expect(new Set(share.map(({ project }) => project)).size).toBe(share.length);
      }
    }),
  );
});

test('suites stay whole where that is fair', () => {
  const all = [suite('orders', 20, 20), suite('billing', 30, 10), suite('stock', 40), suite('mail', 10, 10, 10, 10)];
  for (const share of balance(all, 2)) {
    expect(share.map(({ files }) => secondsOf(files))).toEqual([40, 40]);
  }
});

test('one large suite is split', () => {
  const shares = balance([suite('large', 10, 10, 10, 10, 10, 10, 10, 10)], 4);
  expect(shares.map((share) => share.map(({ project, files }) => [project, files.length]))).toEqual(
    Array.from({ length: 4 }, () => [['large', 2]]),
  );
});
