import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

test('a database of the cache is a number', () => {
  const environment = { CACHE_URL: 'redis://cache.example/main' };
  expect(() => readConfig(environment)).toThrow('CACHE_URL: has a path that is not the number of a database');
});
