import { describe, expect, test } from 'vitest';
import { addressOf, asUser } from './connect-to.ts';

describe('the URL of a server', () => {
  test.for([
    ['nats://testkit:secret@127.0.0.1:32770', { host: '127.0.0.1', port: 32770, user: 'testkit', password: 'secret' }],
    ['nats://a%40b:p%2Fw@broker', { host: 'broker', port: 4222, user: 'a@b', password: 'p/w' }],
    ['nats://u:p@[::1]:1', { host: '::1', port: 1, user: 'u', password: 'p' }],
  ] as const)('is taken apart: %s', ([url, address]) => {
    expect(addressOf(url)).toEqual(address);
  });

  test.for(['nats://127.0.0.1', 'nats://user@127.0.0.1', 'tls://u:p@127.0.0.1', '', '127.0.0.1:4222'])(
    'is refused: %j',
    (url) => {
      expect(() => addressOf(url)).toThrow('it must have the form nats://USER:PASSWORD@HOST:PORT');
    },
  );

  test('is that of another user', () => {
    expect(asUser('nats://testkit:p%2Fw@127.0.0.1:1', 'a b')).toBe('nats://a%20b:p%2Fw@127.0.0.1:1');
  });
});
