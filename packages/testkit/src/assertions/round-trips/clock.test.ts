import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clock, hasOffset, microsecondsOf, offsetText } from './clock.ts';

test('a clock is read as it was written, to the microsecond', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }), (microseconds) => {
      expect(microsecondsOf(clock(microseconds, 6))).toBe(microseconds);
    }),
  );
});

test.for([
  ['1970-01-01T05:30:00+05:30', 0n],
  ['1969-12-31 20:29:08-03:30:52', 0n],
  ['1970-01-01 00:00:00.000001+00', 1n],
  ['1969-12-31T23:59:59.999999Z', -1n],
  ['1970-01-02', 86_400_000_000n],
  ['1970-01-01T00:00', 0n],
] as const)('%s', ([text, microseconds]) => {
  expect(microsecondsOf(text)).toBe(microseconds);
});

test.for(['soon', '1/1/1970, 12:00:00 AM', '2024-13-01', 'Thu Jan 01 1970'])('%s is not a time', (text) => {
  expect(microsecondsOf(text)).toBeUndefined();
});

test('an offset is there or not', () => {
  expect(['2024-01-01T00:00:00Z', '2024-01-01 00:00:00+00', '2024-01-01T00:00:00'].map(hasOffset)).toEqual([
    true,
    true,
    false,
  ]);
  expect([330, -210, 0].map(offsetText)).toEqual(['+05:30', '-03:30', '+00:00']);
});
