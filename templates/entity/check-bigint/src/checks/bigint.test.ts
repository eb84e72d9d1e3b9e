import { expect, test } from 'vitest';
import { bigint } from './bigint.ts';

test.each(['0', '-1', '9007199254740993', '9223372036854775807', '-9223372036854775808'])('%s is taken', (value) => {
  expect(bigint.parse(value)).toBe(value);
});

test.each([
  '9223372036854775808',
  '-9223372036854775809',
  '1'.repeat(30),
  '',
  '-',
  '-0',
  '01',
  '+1',
  ' 1',
  '1.0',
  '1e3',
  '0x1',
  '１',
  1,
  null,
])('%j is refused', (value) => {
  expect(bigint.safeParse(value).success).toBe(false);
});
