import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { Gateway } from '../../src/wiremock/gateway.ts';

async function open(target: string): Promise<Gateway & AsyncDisposable> {
  const gateway = new Gateway(target);
  await gateway.open();
  return Object.assign(gateway, { [Symbol.asyncDispose]: () => gateway.shut() });
}

test('a server that is gone is noted, and the client is cut off at once', async () => {
  await using gateway = await open('http://127.0.0.1:1');
  await expect(fetch(`http://127.0.0.1:${gateway.port}/`)).rejects.toThrow('fetch failed');
  expect(gateway.problem?.message).toContain('ECONNREFUSED');
});

test('a port that was taken while it was shut is told', async () => {
  await using gateway = await open('http://127.0.0.1:1');
  const { port } = gateway;
  await gateway.shut();
  const thief = net.createServer().listen(port, '127.0.0.1');
  await once(thief, 'listening');
  await expect(gateway.open()).rejects.toThrow(
    `The upstream's port ${port} could not be opened again: another process has taken it.`,
  );
  thief.close();
  await once(thief, 'close');
});

test('large answers and questions pass unchanged, to a client that reads slowly', async () => {
  const echo = net.createServer((socket) => socket.pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  await using gateway = await open(`http://127.0.0.1:${(echo.address() as net.AddressInfo).port}`);
  const client = net.connect(gateway.port, '127.0.0.1');
  const sent = Buffer.alloc(8_000_000, 'splitlevel ');
  client.end(sent);
  const received: Buffer[] = [];
  for await (const chunk of client) {
    received.push(chunk as Buffer);
    if (received.length % 50 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(Buffer.concat(received).equals(sent)).toBe(true);
  echo.close();
  await once(echo, 'close');
});

test('only http is passed on', () => {
  expect(() => new Gateway('https://127.0.0.1:8443')).toThrow(
    'WireMock is reached by http, unlike https://127.0.0.1:8443.',
  );
});
