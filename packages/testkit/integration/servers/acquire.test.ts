import { expect, test } from 'vitest';
import { acquire } from '../../src/servers/acquire.ts';

test('a server is found or started', async () => {
  const server = await acquire('wiremock');
  const answer = await fetch(`${server.url}/__admin/health`);
  expect(answer.status).toBe(200);
});
