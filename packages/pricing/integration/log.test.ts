import { expect } from 'vitest';
import { test } from './fixtures.ts';

test('what a client sends as a secret does not get into the log', async ({ startService }) => {
  const service = await startService({ LOG_LEVEL: 'trace' });
  const headers = { authorization: 'Bearer hunter2', cookie: 'session=hunter2' };
  await fetch(`${service.url}/nowhere`, { headers });
  expect(service.log.join('')).toContain('/nowhere');
  expect(service.log.join(''), 'the log has a password').not.toContain('hunter2');
});

test('the password of the database does not get into the log', async ({ startService }) => {
  const service = await startService({ DATABASE_URL: 'postgres://nobody:hunter2@127.0.0.1:1/none' });
  await fetch(`${service.url}/health/ready`);
  expect(service.log.join('')).toContain('ECONNREFUSED');
  expect(service.log.join(''), 'the log has a password').not.toContain('hunter2');
});

test.for([
  ['order-17.a', true],
  ['a b', false],
  ['x'.repeat(65), false],
] as const)("a caller's request id %s is kept: %s", async ([id, kept], { service }) => {
  const { headers } = await fetch(`${service.url}/health/live`, { headers: { 'x-request-id': id } });
  expect(headers.get('x-request-id') === id).toBe(kept);
});
