import { expect, test } from 'vitest';
import { targetOf } from './fault-proxy.ts';

test.each([
  ['redis://me:secret@cache.example:6380/3', { host: 'cache.example', port: 6380 }],
  ['redis://cache.example', { host: 'cache.example', port: 6379 }],
  ['redis://[::1]/', { host: '::1', port: 6379 }],
])('the server of %s', (url, target) => {
  expect(targetOf(url, 6379)).toEqual(target);
});
