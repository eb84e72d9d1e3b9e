import { expect, test } from 'vitest';
import { reportAttempts } from './expect-attempts.ts';

const [ask, order] = [
  { method: 'GET', url: '/factors/EUR' },
  { method: 'POST', url: '/quotes' },
];

test('a call that must not be sent again is named as the cause', () => {
  expect(reportAttempts('rates', [order, order], 1)).toBe(
    [
      'rates was asked 2 times, and not once.',
      '  POST /quotes',
      '  POST /quotes',
      'A call that is not idempotent was sent again: nobody knows whether a POST without an answer had its effect.',
    ].join('\n'),
  );
});

test('too many attempts, of which ten are listed', () => {
  const lines = reportAttempts('rates', new Array(12).fill(ask), 3).split('\n');
  expect(lines[0]).toBe('rates was asked 12 times, and not 3 times.');
  expect(lines.filter((line) => line.includes('GET'))).toHaveLength(10);
  expect(lines.slice(-2)).toEqual(['  … and 2 more', expect.stringMatching(/^Too many attempts: retries must/)]);
});

test.each([
  [[], 'rates was not asked at all, and not 3 times.'],
  [[ask], 'rates was asked once, and not 3 times.'],
])('too few attempts: %j', (requests, sentence) => {
  const lines = reportAttempts('rates', requests, 3).split('\n');
  expect(lines[0]).toBe(sentence);
  expect(lines.at(-1)).toMatch(/^Too few attempts: what may pass/);
});
