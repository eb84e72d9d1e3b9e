import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { remoteCacheOf } from '../src/remote-cache.ts';

let close = async (): Promise<void> => undefined;
afterEach(() => close());

/** A server on the loopback that answers each request with this status, or never. */
async function serve(answer: number | 'never'): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
    if (answer !== 'never') {
      response.writeHead(answer).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = () =>
    new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const configured = (url: string) => ({
  NX_SELF_HOSTED_REMOTE_CACHE_SERVER: url,
  NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: 'secret',
});
const off = { NX_SELF_HOSTED_REMOTE_CACHE_SERVER: undefined, NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN: undefined };

test('a cache that answers is used', async () => {
  const { url, asked } = await serve(404);
  const cache = await remoteCacheOf(configured(url), '.');
  expect(cache).toEqual({ variables: configured(url), says: `the shared cache is ${url}` });
  expect(asked).toEqual(['GET /v1/cache/00000000000000000000 Bearer secret']);
});

test.each([401, 403, 500])('a cache that answers %i is not used, and the run says why', async (status) => {
  const { url } = await serve(status);
  const says = `the shared cache ${url} answers ${status}, so this run goes without it`;
  expect(await remoteCacheOf(configured(url), '.')).toEqual({ variables: off, says });
});

test('a cache that is down or does not answer is not used, and the run says why', async () => {
  const { url } = await serve(404);
  await close();
  close = async () => undefined;
  expect(await remoteCacheOf(configured(url), '.')).toEqual({
    variables: off,
    says: expect.stringMatching(/does not answer \(connect ECONNREFUSED.*\), so this run goes without it/),
  });
  const silent = await serve('never');
  expect((await remoteCacheOf(configured(silent.url), '.')).says).toMatch(/does not answer \(.*timeout\)/);
});

test.each([{}, configured('')])('it is off where no server is named: %j', async (environment) => {
  expect(await remoteCacheOf(environment, '.')).toEqual({ variables: off, says: 'no shared cache is configured' });
});
