import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

test.for([
  ['/nowhere', 404],
  ['/%zz', 400],
] as const)('GET %s is answered with %i', async ([path, status], { service }) => {
  const answer = await call(service, 'GET', path);
  expect(answer.status, `answered with ${JSON.stringify(answer.body)}`).toBe(status);
  expect(answer.body).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
});

test.for([
  ['no JSON', '{"text":'],
  ['JSON with a key that leads to prototypes', '{"__proto__":"a"}'],
] as const)('a body that is %s is refused', async ([, body], { service }) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${service.url}/nowhere`, { method: 'POST', headers, body });
  expect(response.status, 'wrong input was not refused').toBe(400);
  expect(response.headers.get('content-type'), 'errors must be problem documents').toContain(
    'application/problem+json',
  );
});

test('a body that is too large is refused', async ({ service }) => {
  const { status } = await call(service, 'POST', '/nowhere', { text: 'a'.repeat(2 ** 17) });
  expect(status, 'a body without a bound was read').toBe(413);
});
