import { expect } from 'vitest';
import { createTest } from '../../src/index.ts';
import { redis } from '../../src/needs.ts';
import { describeOnContainers } from '../on-containers.ts';

const test = createTest(import.meta.dirname, { cache: redis() });
const passwords: string[] = [];

describeOnContainers('Redis', () => {
  test.override('isolation', 'clone');

  test.for([1, 2])('each test has a database of its own, %i', async (_, { cache }) => {
    expect(await cache.command('DBSIZE')).toBe(0);
    await cache.command('SET', 'key', 'value');
    passwords.push(new URL(cache.url).password);
    expect(new Set(passwords).size).toBe(passwords.length);
  });
});
