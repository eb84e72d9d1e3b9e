import { expect, test } from 'vitest';
import { date } from './date.ts';

test.each(['2026-01-31', '2024-02-29', '0001-01-01', '9999-12-31'])('%s is taken as it is', (value) => {
  expect(date.parse(value)).toBe(value);
});

test.each([
  '2026-02-29',
  '2026-13-01',
  '2026-1-1',
  '0000-01-01',
  '10000-01-01',
  '2026-01-31T00:00:00Z',
  '',
  'today',
  'infinity',
  20260131,
  null,
])('%j is refused', (value) => {
  expect(date.safeParse(value).success).toBe(false);
});
