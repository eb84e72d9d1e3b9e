import { expect, test } from 'vitest';
import { callerFolder } from './caller-folder.ts';

test.each([
  ['/shop', undefined, '/shop'],
  ['/shop', '/shop', '/shop'],
  ['/shop', '/shop/packages/orders/src', '/shop/packages/orders/src'],
  ['/shop', '/shop/..hidden', '/shop/..hidden'],
  ['/shop', '/', '/shop'],
  ['/shop', '/shopping', '/shop'],
  ['/shop/packages/orders', '/shop', '/shop/packages/orders'],
])('started in %s, with INIT_CWD %s', (started, given, expected) => {
  expect(callerFolder(started, given)).toBe(expected);
});
