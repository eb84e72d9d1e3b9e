import { expect, test } from 'vitest';
import { withoutPasswords } from './logging.ts';

test.each([
  ['postgres://me:secret@database/main', 'postgres://me:[redacted]@database/main'],
  ['{"msg":"redis://:secret@cache:6379 is down"}', '{"msg":"redis://:[redacted]@cache:6379 is down"}'],
  ['{"url":"http://a.example:80/x","user":"me@b.example"}', '{"url":"http://a.example:80/x","user":"me@b.example"}'],
  ['https://a:1@b https://c:2@d', 'https://a:[redacted]@b https://c:[redacted]@d'],
])('%s', (line, expected) => {
  expect(withoutPasswords(line)).toBe(expected);
});
