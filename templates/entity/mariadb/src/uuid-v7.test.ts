import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { uuidV7 } from './uuid-v7.ts';

const now = Date.parse('2050-01-31T12:00:00.123Z');

beforeEach(() => {
  vi.useFakeTimers({ now });
});
afterEach(() => {
  vi.useRealTimers();
});

test('an id says when it was made', () => {
  const id = uuidV7();
  expect(z.uuidv7().safeParse(id).success, id).toBe(true);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(now);
});

test.each([0, 1, -1000])('ids rise, also where the clock goes by %i ms', (step) => {
  const ids = Array.from({ length: 10_000 }, () => {
    vi.setSystemTime(Date.now() + step);
    return uuidV7();
  });
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
});
