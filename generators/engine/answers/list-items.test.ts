import { expect, test } from 'vitest';
import { listItems } from './list-items.ts';

test('a list that is one text has its items between commas, but for those in parentheses', () => {
  expect(listItems('price:numeric(12,2), note:text?')).toEqual(['price:numeric(12,2)', 'note:text?']);
  expect(listItems('rates')).toEqual(['rates']);
  expect(listItems(' , ')).toEqual([]);
  expect(listItems('')).toEqual([]);
});
