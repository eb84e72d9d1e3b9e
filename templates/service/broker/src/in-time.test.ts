import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { UnavailableError } from './errors.ts';
import { inTime } from './in-time.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what comes in time is passed on, and no timer is left', async () => {
  expect(await inTime('publishing', 1000, Promise.resolve('done'))).toBe('done');
  expect(vi.getTimerCount()).toBe(0);
});

test('what fails is told as the broker that does not answer, with its cause', async () => {
  const cause = new Error('connection lost');
  const failed = inTime('publishing', 1000, Promise.reject(cause));
  await expect(failed).rejects.toThrow(new UnavailableError('the broker does not answer: publishing failed'));
  await expect(failed).rejects.toMatchObject({ cause });
});

test('what takes too long is not waited for', async () => {
  const failed = inTime('publishing', 1000, new Promise(() => {}));
  const told = expect(failed).rejects.toMatchObject({ cause: { message: 'no answer within 1000 ms' } });
  await vi.advanceTimersByTimeAsync(1000);
  await told;
});
