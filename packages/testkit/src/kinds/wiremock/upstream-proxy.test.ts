import { expect, test } from 'vitest';
import { UpstreamProxy } from './upstream-proxy.ts';

test('only http is passed on', () => {
  expect(() => new UpstreamProxy('https://127.0.0.1:8443')).toThrow(
    'WireMock is reached by http, unlike https://127.0.0.1:8443.',
  );
});
