import { expect, test } from 'vitest';
import { problemOf } from './problem.ts';
import { UpstreamError } from './upstream-error.ts';

test.each([
  [new UpstreamError('too slow', 'timeout'), { status: 504, title: 'Gateway Timeout', detail: 'too slow' }],
  [new UpstreamError('broken', 'failed'), { status: 502, title: 'Bad Gateway', detail: 'broken' }],
  [new UpstreamError('busy', 'busy'), { status: 503, title: 'Service Unavailable', detail: 'busy' }],
  [
    new UpstreamError('busy', 'busy', { retryAfterMs: 1001 }),
    { status: 503, title: 'Service Unavailable', detail: 'busy', retryAfter: 2 },
  ],
])('%s', (error, expected) => {
  expect(problemOf(error)).toEqual(expected);
});
