import { networkInterfaces } from 'node:os';
import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

/** An address of this machine alone that is not the usual one. */
const isThere = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));
const host = isThere ? '::1' : '127.0.0.2';

test('the service listens where HOST says, and nowhere else', async ({ startService }) => {
  const service = await startService({ HOST: host });
  const { hostname, port } = new URL(service.url);
  expect(hostname.replace(/^\[|\]$/g, ''), 'HOST is not what the service listens at').toBe(host);
  expect(await call(service, 'GET', '/health/live')).toMatchObject({ status: 200 });
  const elsewhere = fetch(`http://127.0.0.1:${port}`).then(
    () => 'an answer',
    (error) => error.cause.code,
  );
  expect(await elsewhere, 'it listens at other addresses too').toBe('ECONNREFUSED');
});
