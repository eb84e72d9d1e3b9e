import { expect, test } from 'vitest';
import { isDeep, refusalOf } from './discount-rule.ts';

test.each([
  ['0', false],
  ['50', false],
  ['50.00', false],
  ['50.01', true],
  ['100', true],
])('a discount of %s %% is deep: %s', (percent, deep) => {
  expect(isDeep(percent)).toBe(deep);
});

test('three may have a deep discount at the same time, and no fourth', () => {
  expect(refusalOf('60', 2)).toBeUndefined();
  expect(refusalOf('60', 3)).toBe('at most 3 products may have a discount above 50 % at the same time');
});

test('another discount can be given however many are deep', () => {
  expect(refusalOf('50', 3)).toBeUndefined();
});
