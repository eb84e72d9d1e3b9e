import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';
import { sendHalf } from './send-half.ts';

const anything = { text: 'of more than a few characters' };

test('a request in flight is finished, and no new one is taken', async ({ service }) => {
  const { outcome, finish } = await sendHalf(service.url, '/nowhere', anything);
  const stopped = service.stop();
  await expect(call(service, 'GET', '/health/live')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

  finish();

  expect(await outcome).toBe(404);
  await stopped;
});

test('a request that does not end is cut off when the time is over', async ({ startService }) => {
  const service = await startService({ SHUTDOWN_TIMEOUT_MS: '100' });
  const { outcome } = await sendHalf(service.url, '/nowhere', anything);
  await service.stop();
  expect(await outcome).toBe('ECONNRESET');
});
