import { expect } from 'vitest';
import { expectAttempts } from '../../src/assertions/upstreams/expect-attempts.ts';
import { WiremockAdmin } from '../../src/kinds/wiremock/admin.ts';
import { openUpstream } from '../../src/kinds/wiremock/open-upstream.ts';
import { get, post } from '../../src/kinds/wiremock/stubs/builder.ts';
import { test } from './fixtures.ts';

test('a stub answers', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates/EUR').query({ on: '2026-01-01' }).respond(200, { rate: '1.25' }).times(1));
  const response = await fetch(`${upstream.url}/rates/EUR?on=2026-01-01`);
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('application/json');
  expect(await response.json()).toEqual({ rate: '1.25' });
  await verify();
});

test('a request that matches nothing fails the test and shows the closest stub', async ({ open }) => {
  const { upstream, verify } = await open();
  const line = thisLine() + 1;
  await upstream.stub(get('/rates/EUR').query({ on: '2026-01-01' }).header('accept', 'application/json').respond(200));
  await upstream.stub(post('/orders').body({ id: 7 }).respond(201));
  const response = await fetch(`${upstream.url}/rates/EUR?on=2026-01-02`, { headers: { accept: 'text/plain' } });
  expect(response.status).toBe(404);
  await expect(verify()).rejects.toThrow(
    `The upstream "exchange-rates" got a request that no stub matches (answered 404):

  GET /rates/EUR?on=2026-01-02
  The closest stub is GET /rates/EUR of stub() at packages/testkit/integration/wiremock/upstream.test.ts:${line}:18
                     stub              request
      method         GET               GET
      path           /rates/EUR        /rates/EUR
    ✗ query on       2026-01-01        2026-01-02
    ✗ header accept  application/json  text/plain

Add a stub: a file in stubs/exchange-rates/, or stub(get('/rates/EUR').respond(200, …)) in the test.`,
  );
});

test('a promise of a stub that is not kept fails the test', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates/EUR').respond(200).times(2));
  await fetch(`${upstream.url}/rates/EUR`);
  await upstream.stub(get('/rates/USD').respond(200).expected());
  await expect(verify()).rejects.toThrow(
    /was promised exactly 2 requests for a stub, and got 1 request:\n {2}GET \/rates\/EUR of stub\(\) at [\s\S]*was promised at least 1 request for a stub, and got no requests:\n {2}GET \/rates\/USD[\s\S]*The closest other request was\n {2}GET \/rates\/EUR/,
  );
});

test('a promise of no request is kept by asking nothing', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates/EUR').respond(200).times(0));
  await verify();
});

test('a request that lost the path of the base URL fails the test', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200));
  const response = await fetch(new URL('/rates', upstream.url));
  expect(response.status).toBe(404);
  await expect(verify()).rejects.toThrow(
    /was asked at the wrong place: its base URL is http.*\/t\/.*\n {2}GET \/rates\n/,
  );
});

test('a stub of the test is asked before those of the mapping files', async ({ open }) => {
  const mapping = { request: { urlPath: '/rates' }, response: { status: 200, body: 'file' } };
  const { upstream, verify } = await open([{ mapping, source: 'stubs/exchange-rates/rates.json' }]);
  expect(await (await fetch(`${upstream.url}/rates`)).text()).toBe('file');
  await upstream.stub({ ...mapping, response: { status: 200, body: 'test' } });
  expect(await (await fetch(`${upstream.url}/rates`)).text()).toBe('test');
  await verify();
});

test('the requests can be read', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(post('/orders').respond(201));
  await fetch(`${upstream.url}/orders?dry=1`, {
    method: 'POST',
    body: JSON.stringify({ name: 'ü' }),
    headers: { 'Content-Type': 'application/json', 'X-Id': '7' },
  });
  const [request, ...others] = await upstream.requests();
  expect(others).toEqual([]);
  expect(request).toMatchObject({
    method: 'POST',
    url: '/orders?dry=1',
    path: '/orders',
    query: { dry: '1' },
    headers: { 'content-type': 'application/json', 'x-id': '7' },
    body: '{"name":"ü"}',
  });
  expect(request?.json()).toEqual({ name: 'ü' });
  await verify();
});

test('a request after the end is noted, answered, and leaves nothing behind', async ({ open, admin }) => {
  const { upstream, verify, lateRequests, close } = await open();
  await upstream.stub(get('/rates').respond(200));
  await (await fetch(`${upstream.url}/rates`)).text();
  await verify();
  const response = await fetch(`${upstream.url}/rates?late=1`);
  expect(response.status).toBe(410);
  expect(await response.text()).toBe(
    'The test "a request after the end is noted, answered, and leaves nothing behind" that this upstream belonged to has ended.\n',
  );
  expect(lateRequests()).toEqual(['GET /rates?late=1']);
  await close();
  await expect(fetch(`${upstream.url}/rates`)).rejects.toThrow('fetch failed');
  expect(await admin.countMatching({ urlPattern: `${new URL(upstream.url).pathname}.*` })).toBe(0);
});

test('a mapping that WireMock refuses is told by its source', async ({ open }) => {
  const { upstream } = await open();
  await expect(upstream.stub({ request: { urlPathPattern: '/(rates' }, response: { status: 200 } })).rejects.toThrow(
    /^WireMock refused the stub stub\(\) at packages\/testkit\/integration\/wiremock\/upstream\.test\.ts:\d+:\d+, because of "request": Unclosed group/,
  );
  await expect(upstream.stub({ request: { urlPath: 'rates' }, response: { status: 200 } })).rejects.toThrow(
    'is not a stub that can be used:\n  - "request.urlPath" must begin with a slash: /rates',
  );
});

test('two upstreams of one test have stubs and promises of their own', async ({ open }) => {
  const rates = await open([], 'exchange-rates');
  const shop = await open([], 'shop');
  await rates.upstream.stub(get('/status').respond(200, 'rates').times(1));
  await shop.upstream.stub(get('/status').respond(503, 'shop').times(1));
  expect((await fetch(`${shop.upstream.url}/status`)).status).toBe(503);
  expect((await fetch(`${rates.upstream.url}/status`)).status).toBe(200);
  await rates.verify();
  await shop.verify();
});

test('a WireMock that is gone is told, without a hang', async () => {
  const admin = new WiremockAdmin('http://127.0.0.1:1');
  await expect(openUpstream({ admin, name: 'shop', test: 'a', stubs: [] })).rejects.toThrow(
    /^WireMock did not answer POST http:\/\/127\.0\.0\.1:1\/__admin\/mappings\/import: /,
  );
});

/** Where it is called. */
function thisLine(): number {
  return Number(/:(\d+):\d+\)?$/.exec((new Error().stack ?? '').split('\n')[2] ?? '')?.[1]);
}

test('attempts are counted, and a wrong number of them is told with the requests', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(post('/quotes').respond(503));
  await expectAttempts(upstream, 0);
  for (const _ of ['first', 'second']) {
    await fetch(`${upstream.url}/quotes`, { method: 'POST' });
  }
  await expectAttempts(upstream, 2);
  await expect(expectAttempts(upstream, 1)).rejects.toThrow(
    'exchange-rates was asked 2 times, and not once.\n  POST /quotes\n  POST /quotes\nA call that is not idempotent',
  );
  await verify();
});

test('an attempt that is still on its way is waited for', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200));
  const counted = expectAttempts(upstream, 1);
  await fetch(`${upstream.url}/rates`);
  await counted;
  await expect(expectAttempts(upstream, 2)).rejects.toThrow('exchange-rates was asked once, and not 2 times.');
  await verify();
});
