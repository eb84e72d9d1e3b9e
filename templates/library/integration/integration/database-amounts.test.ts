import { expect } from 'vitest';
import { splitEvenly } from '../src/split-evenly.ts';
import { test } from './fixtures.ts';

test.for([
  ['an amount', 1000n],
  ['a debt', -1000n],
  ['more than a number of JavaScript holds', 9_007_199_254_740_993n],
  ['the most that a bigint of the database holds', 9_223_372_036_854_775_807n],
] as const)('%s is the same when its parts come back from the database', async ([, amount], { database }) => {
  const parts = splitEvenly(amount, 7).map(String);
  const [row] = await database.query(
    'select array_agg(part::text order by place) as parts, sum(part)::text as sum from unnest($1::bigint[]) with ordinality as t (part, place)',
    [parts],
  );
  expect(row, 'the parts do not sum up to the amount').toEqual({ parts, sum: String(amount) });
});
