import { createClient } from 'redis';
import { expect } from 'vitest';
import { createTest } from '../../src/index.ts';
import { redis } from '../../src/needs.ts';
import { describeOnContainers } from '../on-containers.ts';

const test = createTest(import.meta.dirname, { cache: redis() });

async function connect(url: string) {
  const client = createClient({ url, disableOfflineQueue: true, socket: { reconnectStrategy: false } });
  client.on('error', () => {});
  await client.connect();
  return Object.assign(client, { [Symbol.dispose]: () => client.isOpen && client.destroy() });
}

describeOnContainers('Redis', () => {
  test('what the code writes the test reads, and the other way round', async ({ cache }) => {
    using client = await connect(cache.url);
    await client.set('greeting', 'hello');
    expect(await cache.command('GET', 'greeting')).toBe('hello');
    await cache.command('SET', 'answer', '42');
    expect(await client.get('answer')).toBe('42');
  });

  test('the next test starts without keys', async ({ cache }) => {
    expect(await cache.command('DBSIZE')).toBe(0);
  });

  test.for([
    ['FLUSHALL'],
    ['CONFIG', 'SET', 'maxmemory', '1'],
    ['SELECT', '0'],
    ['CLIENT', 'KILL', 'TYPE', 'normal'],
    ['SCRIPT', 'FLUSH'],
    ['FUNCTION', 'FLUSH'],
    ['SHUTDOWN'],
  ])('code under test cannot harm others: %j', async (command, { cache }) => {
    using client = await connect(cache.url);
    await expect(client.sendCommand(command)).rejects.toThrow(/NOPERM/);
  });

  test('its own database it may empty, and its scripts run', async ({ cache }) => {
    using client = await connect(cache.url);
    await client.set('key', '1');
    expect(await client.eval("return redis.call('GET', KEYS[1])", { keys: ['key'] })).toBe('1');
    await client.flushDb();
    expect(await client.dbSize()).toBe(0);
  });

  test('down: connections are cut and refused until it is undone', async ({ cache }) => {
    using client = await connect(cache.url);
    const fault = await cache.fault('down');
    await expect(client.get('key')).rejects.toThrow();
    await expect(connect(cache.url)).rejects.toThrow('ECONNREFUSED');
    expect(await cache.command('PING')).toBe('PONG');
    await fault.undo();
    using again = await connect(cache.url);
    expect(await again.ping()).toBe('PONG');
  });

  test('a fault that was left ends with its test', async ({ cache }) => {
    using client = await connect(cache.url);
    await cache.fault('down');
    await expect(client.get('key')).rejects.toThrow();
  });

  test('slow: replies come late', async ({ cache }) => {
    using client = await connect(cache.url);
    await using _slow = await cache.fault('slow', { milliseconds: 200 });
    const began = performance.now();
    await client.ping();
    expect(performance.now() - began).toBeGreaterThanOrEqual(199);
  });

  test('an error of the test’s own command points to the test', async ({ cache }) => {
    const error = (await cache.command('NONSENSE').catch((cause: unknown) => cause)) as Error;
    expect(error.stack).toContain('database.test.ts');
  });
});
