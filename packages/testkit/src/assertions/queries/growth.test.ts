import { expect, test } from 'vitest';
import { describeGrowth, growthBetween } from './growth.ts';

const one = (calls: number) => ({ sql: 'select *\nfrom a where id = $1', calls, rows: calls });
const all = { sql: 'select from a', calls: 1, rows: 5 };

test('a statement that is sent as often for more rows does not grow', () => {
  expect(growthBetween([all, one(5)], [all, one(5)])).toEqual([]);
  expect(growthBetween([all, one(5)], [all, one(6)])).toEqual([]);
  expect(growthBetween([{ ...all, sql: 'SAVEPOINT a' }], [{ ...all, sql: 'SAVEPOINT a', calls: 9 }])).toEqual([]);
});

test('one that is sent more often is named, with both counts and a way out', () => {
  expect(describeGrowth(growthBetween([all, one(5)], [one(10), all]), 5)).toBe(
    'N+1: for 5 more rows this statement was sent 5 more times:\n  select * from a where id = $1\n' +
      '  With 5 rows added it was sent 5 times, with 10 rows 10 times.\n' +
      'Send one statement for all rows: a join, or a condition like id = any($1).',
  );
});

test('one that was not sent at first counts from nothing', () => {
  expect(growthBetween([all], [all, one(4)])).toEqual([{ sql: one(1).sql, before: 0, after: 4 }]);
});
