import { expectAnswerWithin } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { createCache } from '../src/cache.ts';
import { readConfig } from '../src/config.ts';
import { call } from './call.ts';
import { test as base } from './fixtures.ts';

/** Opens a cache, as the service has it. `changes` are made to the environment that tests run with. */
const test = base.extend('open', ({ environment }, { onCleanup }) => {
  const log = { warn: () => undefined, info: () => undefined };
  return async (changes?: Record<string, string>) => {
    const opened = createCache(readConfig({ ...environment, ...changes }), log);
    onCleanup(() => void opened.close());
    await opened.open();
    return opened;
  };
});

test.for(['bread', '“Zoë” 😀', ''])(
  'the string %j comes back as it was, until it is removed',
  async (text, { open }) => {
    const cache = await open();
    expect(await cache.get('key'), 'another test left its keys').toBeUndefined();
    cache.set('key', text);
    expect(await cache.get('key')).toBe(text);
    await cache.remove('key');
    expect(await cache.get('key')).toBeUndefined();
  },
);

test('a string is kept for CACHE_TTL_S seconds', async ({ open }) => {
  const cache = await open({ CACHE_TTL_S: '1' });
  cache.set('key', 'bread');
  expect(await cache.get('key')).toBe('bread');
  await expect
    .poll(() => cache.get('key'), { timeout: 5000, message: 'what the cache has does not end' })
    .toBeUndefined();
});

describe('when the cache is out of order, it is as if nothing were there, after CACHE_TIMEOUT_MS at most', () => {
  const impatient = { CACHE_TIMEOUT_MS: '200' };

  test.for(['down', 'slow', 'reset'] as const)('%s, and then in order again', async (name, { open, cache: server }) => {
    const cache = await open(impatient);
    const fault = await server.fault(name);
    expect(await expectAnswerWithin(5000, () => cache.get('key'))).toBeUndefined();
    await fault.undo();
    // It connects again within a second or so.
    const again = async () => {
      cache.set('key', 'bread');
      return await cache.get('key');
    };
    await expect.poll(again, { timeout: 15_000, message: 'the cache is not used again' }).toBe('bread');
  });

  test('a service starts without it, is ready, and does not write its password into the log', async ({
    startService,
  }) => {
    const service = await startService({ ...impatient, CACHE_URL: 'redis://nobody:hunter2@127.0.0.1:1' });
    expect(await call(service, 'GET', '/health/ready')).toMatchObject({ status: 200 });
    expect(service.log.join(''), 'the log does not tell that the cache is away').toContain('the cache was lost');
    expect(service.log.join(''), 'the log has a password').not.toContain('hunter2');
  });
});
