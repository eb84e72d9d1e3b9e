import { expect, test } from 'vitest';
import { draw } from '../sample.ts';

const items = Array.from({ length: 40 }, (_, index) => `item-${index}`);
const drawnBy = (seed: string) => draw(items, 0.25, seed, (item) => item);

test('a seed draws its share, the same each time, in the order of all', () => {
  const drawn = drawnBy('a');
  expect(drawn).toHaveLength(10);
  expect(drawnBy('a')).toEqual(drawn);
  expect(items.filter((item) => drawn.includes(item))).toEqual(drawn);
});

test('seeds draw different shares, and some dozens of them everything', () => {
  expect(drawnBy('b')).not.toEqual(drawnBy('a'));
  const seen = new Set(Array.from({ length: 60 }, (_, seed) => drawnBy(String(seed))).flat());
  expect(seen.size).toBe(items.length);
});

test('something is always drawn, and never more than there is', () => {
  expect(draw(['only'], 0.01, 'a', String)).toEqual(['only']);
  expect(draw([], 0.5, 'a', String)).toEqual([]);
  expect(draw(items, 1, 'a', String)).toEqual(items);
});
