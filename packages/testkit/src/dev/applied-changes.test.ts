import { expect, test } from 'vitest';
import { describeAppliedChanges } from './applied-changes.ts';

const applied = new Map([
  ['/orders/1.ts', 'a'],
  ['/orders/2.ts', 'b'],
  ['/orders/3.ts', 'c'],
]);
const told = (now: Record<string, string>) =>
  describeAppliedChanges(applied, new Map(Object.entries(now)), (file) => file.replace('/orders/', ''));

test.each([
  [{ '/orders/1.ts': 'a', '/orders/2.ts': 'b', '/orders/3.ts': 'x' }, '3.ts changed after it was applied'],
  [{ '/orders/1.ts': 'a', '/orders/2.ts': 'b' }, '3.ts was deleted after it was applied'],
  [{ '/orders/1.ts': 'a', '/orders/2.ts': 'x', '/orders/3.ts': 'y' }, '2.ts, 3.ts changed after they were applied'],
  [{ '/orders/1.ts': 'a' }, '2.ts, 3.ts were deleted after they were applied'],
  [{ '/orders/1.ts': 'x', '/orders/2.ts': 'b' }, '1.ts changed and 3.ts was deleted after they were applied'],
])('now %o: %s', (now, expected) => {
  expect(told(now)).toBe(expected);
});

test('a migration that was added leaves those that were applied as they were', () => {
  expect(told({ '/orders/1.ts': 'a', '/orders/2.ts': 'b', '/orders/3.ts': 'c', '/orders/4.ts': 'd' })).toBe(undefined);
});
