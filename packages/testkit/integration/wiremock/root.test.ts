import { expect } from 'vitest';
import { any, get, post } from '../../src/kinds/wiremock/stubs/builder.ts';
import { test } from './fixtures.ts';

const statusOf = async (url: string, method: string) => (await fetch(url, { method })).status;

test('the base URL itself is the root, as with a webhook', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(post('/').respond(202).times(3));
  expect(await statusOf(upstream.url, 'POST')).toBe(202);
  expect(await statusOf(`${upstream.url}/`, 'POST')).toBe(202);
  expect(await statusOf(`${upstream.url}?source=shop`, 'POST')).toBe(202);
  expect((await upstream.requests()).map(({ url }) => url)).toEqual(['/', '/', '/?source=shop']);
  await verify();
});

test('also with a query, by every way to give a URL', async ({ open }) => {
  const { upstream, verify } = await open();
  const requests = [
    { url: '/?a=1.5' },
    { urlPath: '/', queryParameters: { b: { equalTo: '1' } } },
    { urlPathTemplate: '/', queryParameters: { c: { equalTo: '1' } } },
    { urlPattern: '/\\?d=.*' },
    { urlPattern: '/e|/\\?e=.*' },
    { urlPathPattern: '/(?:f)?', queryParameters: { f: { equalTo: '1' } } },
    { urlPathPattern: '(?i)(?:/g)?/?', queryParameters: { g: { equalTo: '1' } } },
  ];
  for (const request of requests) {
    await upstream.stub({ request, response: { status: 200 }, metadata: { expected: 2 } });
  }
  for (const query of ['a=1.5', 'b=1', 'c=1', 'd=1', 'e=1', 'f=1', 'g=1']) {
    expect(await statusOf(`${upstream.url}?${query}`, 'GET'), query).toBe(200);
    expect(await statusOf(`${upstream.url}/?${query}`, 'GET'), query).toBe(200);
  }
  await verify();
});

test('other paths than the root are not meant', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(any('/').respond(200));
  await upstream.stub(get(/\/[a-z]/).respond(200));
  expect(await statusOf(`${upstream.url}/rates`, 'GET')).toBe(404);
  expect(await statusOf(`${upstream.url}//`, 'GET')).toBe(404);
  await expect(verify()).rejects.toThrow('got 2 requests that no stub matches');
});
