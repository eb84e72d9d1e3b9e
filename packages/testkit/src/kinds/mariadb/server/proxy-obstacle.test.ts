import { expect, test } from 'vitest';
import { proxyObstacle } from './proxy-obstacle.ts';

test.each([
  ['mysql://me:secret@db.example:3307/app'],
  ['mysql://me:secret@db.example/app?ssl={"rejectUnauthorized":true}'],
])('a proxy can stand before the server of %s', (url) => {
  expect(proxyObstacle(url)).toBeUndefined();
});

test.each([
  ['mysql://me:secret@localhost/app?socketPath=/run/mysqld/mysqld.sock', 'Unix socket'],
  ['mysql://me:secret@db.example/app?ssl={"verifyIdentity":true}', 'TLS'],
])('none can before that of %s', (url, why) => {
  expect(proxyObstacle(url)).toContain(why);
});
