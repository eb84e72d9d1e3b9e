import { expect, test } from 'vitest';
import { instant } from './instant.ts';

test.each([
  '2026-01-31T12:00:00Z',
  '2026-01-31T12:00:00.123456Z',
  '2026-01-31T12:00:00.5+05:45',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999Z',
  '0000-12-31T23:00:00-01:00',
])('%s is taken as it is', (value) => {
  expect(instant.parse(value)).toBe(value);
});

test.each([
  '2026-01-31',
  '2026-01-31T12:00:00',
  '2026-01-31T12:00Z',
  '2026-02-30T12:00:00Z',
  '2026-01-31T24:00:00Z',
  '2026-01-31T12:00:00.1234567Z',
  '2026-01-31T12:00:00+15:00',
  '2026-01-31 12:00:00Z',
  '2026-01-31T12:00:60Z',
  '0001-01-01T00:00:00+00:01',
  '9999-12-31T23:59:59-00:01',
  '',
  'now',
  1,
  null,
])('%j is refused', (value) => {
  expect(instant.safeParse(value).success).toBe(false);
});
