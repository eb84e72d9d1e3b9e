import { expect, test } from 'vitest';
import { json } from './json.ts';

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

test.each([{}, [], '', 0, false, 0.1, { a: [null, { 'größe 😀': -1.5 }] }, 2 ** 53 - 1, nested(50)])(
  '%j is taken as it is',
  (value) => {
    expect(json.parse(value)).toEqual(value);
  },
);

test.each([
  ...[undefined, null, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN, nested(51)],
  ...['a\0b', '\ud83d', { a: '\0' }, { '\udc00': 1 }, [2 ** 60]],
])('%j is refused', (value) => {
  expect(json.safeParse(value).success).toBe(false);
});
