import { once } from 'node:events';
import http from 'node:http';
import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

const path = '/products';
const body = JSON.stringify({ name: 'Chair', price: '19.99' });

/** Sends a request up to the middle of its body, so that it is in flight until `finish` is called. */
async function sendHalf(url: string) {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const request = http.request(url + path, { method: 'POST', headers });
  const outcome = once(request, 'response').then(
    ([response]: http.IncomingMessage[]) => response?.resume().statusCode,
    (error: NodeJS.ErrnoException) => error.code,
  );
  request.write(body.slice(0, 10));
  // The service has taken the connection once it answers on a later one.
  await fetch(`${url}/health/live`);
  return { outcome, finish: () => request.end(body.slice(10)) };
}

test('a request in flight is finished, and no new one is taken', async ({ service, database }) => {
  const { outcome, finish } = await sendHalf(service.url);
  const stopped = service.stop();
  await expect(call(service, 'GET', '/health/live')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });

  finish();

  expect(await outcome).toBe(201);
  await stopped;
  expect(await database.query('select name from "products"')).toEqual([{ name: 'Chair' }]);
});

test('a request that does not end is cut off when the time is over', async ({ startService }) => {
  const service = await startService({ SHUTDOWN_TIMEOUT_MS: '100' });
  const { outcome } = await sendHalf(service.url);
  await service.stop();
  expect(await outcome).toBe('ECONNRESET');
});
