import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { openFaultProxy } from '../../src/kinds/shared/faults/fault-proxy.ts';
import { startServerFault } from '../../src/kinds/shared/faults/server-fault.ts';

async function openEcho() {
  const echo = net.createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(0, '127.0.0.1');
  await once(echo, 'listening');
  const proxy = await openFaultProxy({ host: '127.0.0.1', port: (echo.address() as net.AddressInfo).port });
  return {
    proxy,
    async [Symbol.asyncDispose]() {
      await proxy.close();
      echo.close();
      await once(echo, 'close');
    },
  };
}

async function ask(socket: Socket, text: string): Promise<string> {
  socket.write(text);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  return answer.toString();
}

async function codeOf(failing: Promise<unknown>): Promise<string | undefined> {
  return failing.then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error.code,
  );
}

test('large amounts pass unchanged both ways, to a client that reads slowly', async () => {
  await using open = await openEcho();
  const client = net.connect(open.proxy.port, open.proxy.host);
  const sent = Buffer.alloc(8_000_000, 'splitlevel ');
  client.end(sent);
  const received: Buffer[] = [];
  for await (const chunk of client) {
    received.push(chunk as Buffer);
    if (received.length % 50 === 0) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
  expect(Buffer.concat(received).equals(sent)).toBe(true);
});

test('down refuses connections and cuts those that are open, and up listens on the same port', async () => {
  await using open = await openEcho();
  const { host, port } = open.proxy;
  const client = net.connect(port, host);
  expect(await ask(client, 'one')).toBe('one');
  const broken = codeOf(once(client, 'close'));
  const fault = await startServerFault(open.proxy, 'down');
  expect(await broken).toBe('ECONNRESET');
  expect(await codeOf(once(net.connect(port, host), 'connect'))).toBe('ECONNREFUSED');
  await fault.undo();
  const again = net.connect(port, host);
  expect(await ask(again, 'two')).toBe('two');
  again.destroy();
});

test('reset cuts what is open and accepts what comes', async () => {
  await using open = await openEcho();
  const { host, port } = open.proxy;
  const client = net.connect(port, host);
  await ask(client, 'one');
  expect(open.proxy.connections).toBe(1);
  const broken = codeOf(once(client, 'close'));
  await startServerFault(open.proxy, 'reset');
  expect(await broken).toBe('ECONNRESET');
  const again = net.connect(port, host);
  expect(await ask(again, 'two')).toBe('two');
  again.destroy();
});

test('slow holds answers back', async () => {
  await using open = await openEcho();
  const client = net.connect(open.proxy.port, open.proxy.host);
  await ask(client, 'quick');
  const fault = await startServerFault(open.proxy, 'slow', { milliseconds: 200 });
  const began = performance.now();
  expect(await ask(client, 'late')).toBe('late');
  expect(performance.now() - began).toBeGreaterThanOrEqual(199);
  await fault.undo();
  client.destroy();
});

test('slow holds each answer back from when it came, not from when the one before it went', async () => {
  await using open = await openEcho();
  const client = net.connect(open.proxy.port, open.proxy.host);
  await ask(client, 'quick');
  await using _slow = await startServerFault(open.proxy, 'slow', { milliseconds: 1000 });
  const began = performance.now();
  for (const part of ['a', 'b', 'c', 'd', 'e']) {
    client.write(part);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  client.end();
  expect(Buffer.concat(await client.toArray()).toString()).toBe('abcde');
  expect(performance.now() - began).toBeGreaterThanOrEqual(1000);
  expect(performance.now() - began).toBeLessThan(4000);
});

test('an answer can be turned into a reset', async () => {
  await using open = await openEcho();
  const client = net.connect(open.proxy.port, open.proxy.host);
  await ask(client, 'one');
  open.proxy.resetAnswers(true);
  const broken = codeOf(once(client, 'close'));
  client.write('two');
  expect(await broken).toBe('ECONNRESET');
  open.proxy.resetAnswers(false);
  const again = net.connect(open.proxy.port, open.proxy.host);
  expect(await ask(again, 'three')).toBe('three');
  again.destroy();
});

test('when slow is undone, what was held comes at once, in its order', async () => {
  await using open = await openEcho();
  const client = net.connect(open.proxy.port, open.proxy.host);
  await ask(client, 'quick');
  const fault = await startServerFault(open.proxy, 'slow');
  const began = performance.now();
  client.write('first ');
  await new Promise((resolve) => setTimeout(resolve, 50));
  await fault.undo();
  client.end('second');
  expect(Buffer.concat(await client.toArray()).toString()).toBe('first second');
  expect(performance.now() - began).toBeLessThan(10_000);
});

test('a server that is gone is noted, and the client is cut off', async () => {
  const proxy = await openFaultProxy({ host: '127.0.0.1', port: 1 });
  const client = net.connect(proxy.port, proxy.host);
  expect(await codeOf(once(client, 'close'))).toBe('ECONNRESET');
  expect(proxy.problem?.message).toContain('ECONNREFUSED');
  await proxy.close();
});

test('a URL leads through it, with user, password and path', async () => {
  const proxy = await openFaultProxy({ host: '127.0.0.1', port: 1 });
  expect(proxy.through('redis://me:secret@elsewhere:6379/3')).toBe(`redis://me:secret@127.0.0.1:${proxy.port}/3`);
  await proxy.close();
});

test('a port that was taken while it was down is told', async () => {
  await using open = await openEcho();
  const { port } = open.proxy;
  await open.proxy.down();
  const thief = net.createServer().listen(port, '127.0.0.1');
  await once(thief, 'listening');
  await expect(open.proxy.up()).rejects.toThrow(
    `Port ${port} could not be opened again: another process has taken it.`,
  );
  thief.close();
  await once(thief, 'close');
});

test.each([
  ['hang', undefined, "fault('hang'): the faults are slow, reset, down."],
  ['down', 100, "fault('down'): milliseconds are for 'slow'."],
  ['slow', 0, "fault('slow', { milliseconds: 0 }): give whole milliseconds."],
] as const)('fault %s with %s ms is refused', async (name, milliseconds, message) => {
  await using open = await openEcho();
  const options = milliseconds === undefined ? {} : { milliseconds };
  await expect(startServerFault(open.proxy, name as 'slow', options)).rejects.toThrow(message);
});
