import { expect, test } from 'vitest';
import { proxyObstacle } from './proxy-obstacle.ts';

test.each([
  ['postgres://me:secret@db.example:5433/app'],
  ['postgres://me:secret@[::1]/app?application_name=app'],
  ['postgres://me:secret@db.example/app?sslmode=disable'],
  ['postgres://me:secret@db.example/app?sslmode=no-verify&ssl=0'],
])('a proxy can stand before the server of %s', (url) => {
  expect(proxyObstacle(url)).toBeUndefined();
});

test.each([
  ['postgres://me:secret@%2Fvar%2Frun%2Fpostgresql/app', 'Unix socket'],
  ['postgres:///app?host=/var/run/postgresql', 'Unix socket'],
  ['postgres://me:secret@localhost/app?host=/tmp', 'Unix socket'],
  ['postgres:///app', 'Unix socket'],
  ['postgres:///app?host=db.example&port=5433', 'in its parameters'],
  ['postgres://me:secret@localhost/app?port=5433', 'in its parameters'],
  ['postgres://me:secret@db.example/app?sslmode=verify-full', 'TLS (sslmode)'],
  ['postgres://me:secret@db.example/app?sslmode=require', 'TLS (sslmode)'],
  ['postgres://me:secret@db.example/app?ssl=true', 'TLS (ssl)'],
])('none can before that of %s', (url, why) => {
  expect(proxyObstacle(url)).toContain(why);
});
