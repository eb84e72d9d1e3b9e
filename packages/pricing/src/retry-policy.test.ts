import { describe, expect, test } from 'vitest';
import { readRetryAfter, retryDelay } from './retry-policy.ts';

const most = () => 1;

describe('the wait before the next attempt', () => {
  test('doubles with every attempt, and is random below that', () => {
    expect(retryDelay(1, 3, 100, undefined, most)).toBe(100);
    expect(retryDelay(2, 3, 100, undefined, most)).toBe(200);
    expect(retryDelay(2, 3, 100, undefined, () => 0.5)).toBe(100);
  });

  test('is over after the last attempt', () => {
    expect(retryDelay(3, 3, 100, undefined, most)).toBeUndefined();
    expect(retryDelay(3, 3, 100, 10, most)).toBeUndefined();
  });

  test('is what the other side asked for, up to a second', () => {
    expect(retryDelay(1, 3, 100, 1000, most)).toBe(1000);
    expect(retryDelay(1, 3, 100, 1001, most)).toBeUndefined();
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);

  test.each([
    ['2', 2000],
    ['Thu, 01 Jan 2026 12:00:05 GMT', 5000],
    ['Thu, 01 Jan 2026 11:59:00 GMT', 0],
    ['soon', undefined],
    [null, undefined],
  ])('%s is %s ms', (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected);
  });
});
