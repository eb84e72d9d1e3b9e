import { expect, test } from 'vitest';
import type { Config } from './config.ts';
import { connectOptions } from './connect-options.ts';

function optionsOf(brokerUrl: string) {
  return connectOptions({ brokerUrl, brokerTimeoutMs: 2000 } as Config);
}

test('credentials are taken out of the URL, as they are meant', () => {
  const options = optionsOf('nats://me%40example:p%2Fw@broker.example:4223');
  expect(options).toMatchObject({ servers: 'broker.example:4223', user: 'me@example', pass: 'p/w' });
  expect(options).not.toHaveProperty('tls');
});

test('a broker may want none, and be reached by TLS', () => {
  const options = optionsOf('tls://broker.example');
  expect(options).toMatchObject({ servers: 'broker.example', tls: {} });
  expect(options).not.toHaveProperty('user');
});
