import { expect, test } from 'vitest';
import { learnDurations, timed } from './durations.ts';

const report = (name: string, startTime: number, endTime: number) => ({
  testResults: [{ name, startTime, endTime, assertionResults: [] }],
});

test('a run renews what is known of its files, and of no others', () => {
  const known = { 'packages/orders/integration/a.test.ts': 9, 'packages/orders/integration/b.test.ts': 1 };
  const reports = [report('packages/orders/integration/a.test.ts', 1000, 3500)];
  expect(learnDurations(known, reports)).toEqual({
    'packages/orders/integration/a.test.ts': 2.5,
    'packages/orders/integration/b.test.ts': 1,
  });
});

test('a file that never ran takes as long as the others do', () => {
  expect(timed(['a', 'b'], { a: 2, c: 4 })).toEqual([
    { path: 'a', seconds: 2 },
    { path: 'b', seconds: 3 },
  ]);
  expect(timed(['a'], {})).toEqual([{ path: 'a', seconds: 5 }]);
});
