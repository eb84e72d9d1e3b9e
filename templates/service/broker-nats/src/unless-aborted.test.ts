import { expect, test } from 'vitest';
import { unlessAborted } from './unless-aborted.ts';

const never = new Promise<never>(() => {});

test('what comes before is passed on', async () => {
  const { signal } = new AbortController();
  expect(await unlessAborted(signal, Promise.resolve('done'))).toBe('done');
  await expect(unlessAborted(signal, Promise.reject(new Error('failed')))).rejects.toThrow('failed');
});

test('what is under way is not waited for', async () => {
  const controller = new AbortController();
  const waiting = unlessAborted(controller.signal, never);
  controller.abort(new Error('lost'));
  await expect(waiting).rejects.toThrow('lost');
});

test('nothing is waited for when it was aborted before', async () => {
  await expect(unlessAborted(AbortSignal.abort(new Error('lost')), never)).rejects.toThrow('lost');
});
