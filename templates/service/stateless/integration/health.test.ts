import { expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

test.for(['live', 'ready'])('a service that was started is %s', async (status, { service }) => {
  expect(await call(service, 'GET', `/health/${status}`)).toMatchObject({ status: 200, body: { status } });
});
