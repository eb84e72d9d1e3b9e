import { dirname } from 'node:path';
import type { Site } from '@splitlevel/guards/caller';
import { expect, test } from 'vitest';
import { callersOf, callSite } from './callers.ts';

const testkit = `    at take (${dirname(import.meta.dirname)}/postgres/sessions/watch-pools.ts:50:72)`;
const pool = '    at BoundPool.connect (/shop/node_modules/pg-pool/index.js:203:10)';
const handler = '    at async Server.<anonymous> (file:///shop/packages/orders/src/server.ts:12:20)';
const repository = '    at async load (/shop/packages/orders/src/repository.ts:7:3)';
const emit = '    at Server.emit (node:events:519:28)';
const parser = '    at parserOnIncoming (node:_http_server:1153:12)';
const express = '    at Layer.handleRequest (/shop/node_modules/router/lib/layer.js:152:17)';
const koa = '    at async /shop/node_modules/koa/lib/application.js:190:5';
const hono = '    at dispatch (file:///shop/node_modules/hono/dist/compose.js:22:23)';
const adapter = '    at responseViaCache (file:///shop/node_modules/@hono/node-server/dist/index.mjs:400:9)';
const store = '    at PgStore.get (/shop/node_modules/connect-pg-simple/index.js:300:11)';
const generated =
  '    at Object.eval [as serialize] (eval at build (/shop/node_modules/fast-json-stringify/index.js:1:2), <anonymous>:3:5)';

test.each([
  ["Node's own server", [testkit, pool, handler, emit, parser], [handler]],
  ['a handler that waited', [pool, repository, handler], [repository, handler]],
  ['express', [testkit, pool, repository, express, express, emit, parser], [repository]],
  ['koa', [pool, handler, koa, emit, parser], [handler]],
  ['hono by its adapter', [pool, hono, repository, hono, adapter, emit, parser], [repository]],
  ['a middleware of a library, without any code', [testkit, store, express, emit, parser], [store, express]],
  ['generated code', [pool, generated, repository, '    at new Promise (<anonymous>)', parser], [repository]],
  [
    'Windows',
    [pool, '    at load (C:\\shop\\packages\\orders\\src\\a.ts:7:3)', emit],
    ['    at load (C:\\shop\\packages\\orders\\src\\a.ts:7:3)'],
  ],
  [
    'a folder with parentheses',
    [pool, '    at load (/shop (2)/packages/orders/src/a.ts:7:3)', '    at async /shop (2)/src/b.ts:1:2', emit],
    ['    at load (/shop (2)/packages/orders/src/a.ts:7:3)', '    at async /shop (2)/src/b.ts:1:2'],
  ],
  ['Node alone', [emit, parser], []],
])('names the code that called: %s', (_name, frames, expected) => {
  expect(
    callersOf({ stack: ['Error: taken', ...frames].join('\n') })
      .split('\n')
      .filter(Boolean),
  ).toEqual(expected.map((frame) => frame.trim()));
});

test('is reached below a deep library', () => {
  const deep = (levels: number): Site => (levels === 0 ? callSite() : deep(levels - 1));
  expect(callersOf(deep(60))).toContain('callers.test.ts');
});
