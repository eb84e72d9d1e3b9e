import { expect } from 'vitest';
import { get, post } from '../../src/wiremock/builder.ts';
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
  await upstream.stub(get('/rates/EUR').query({ on: '2026-01-01' }).header('accept', 'application/json').respond(200));
  await upstream.stub(post('/orders').body({ id: 7 }).respond(201));
  const response = await fetch(`${upstream.url}/rates/EUR?on=2026-01-02`, { headers: { accept: 'text/plain' } });
  expect(response.status).toBe(404);
  await expect(verify()).rejects.toThrow(
    `The upstream "exchange-rates" got a request that no stub matches (answered 404):

  GET /rates/EUR?on=2026-01-02
  The closest stub is GET /rates/EUR of stub() at packages/testkit/integration/wiremock/upstream.test.ts:17:18
                     stub              request
      method         GET               GET
      path           /rates/EUR        /rates/EUR
    ✗ query on       2026-01-01        2026-01-02
    ✗ header accept  application/json  text/plain

Add a stub: a file in stubs/exchange-rates/, or stub(get('/rates/EUR').respond(200, …)) in the test.`,
  );
});
