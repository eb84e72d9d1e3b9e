import { once } from 'node:events';
import net from 'node:net';
import { expect, test } from 'vitest';
import { inspectNats } from '../../src/kinds/nats/given-nats.ts';
import { acquire } from '../../src/servers.ts';
import { describeOnContainers } from '../on-containers.ts';

const VARIABLE = 'TESTKIT_NATS_URL';

/** Something that says of itself what a NATS server would, and answers nothing but pings. */
async function pretend(info: Record<string, unknown>): Promise<{ url: string } & AsyncDisposable> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.write(`INFO ${JSON.stringify({ server_id: 'A', version: '2.9.0', proto: 1, headers: true, ...info })}\r\n`);
    socket.on('data', (data) => {
      if (String(data).includes('PING')) {
        socket.write('PONG\r\n');
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as net.AddressInfo;
  return {
    url: `nats://tests:secret@127.0.0.1:${port}`,
    [Symbol.asyncDispose]: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}

async function refusalOf(url: string): Promise<string> {
  const refusal = await inspectNats(url, VARIABLE).catch((error: Error) => error.message);
  expect(refusal).not.toContain('secret');
  return refusal.replace(/127\.0\.0\.1:\d+/, 'HOST').replace(/localhost:\d+/, 'HOST');
}

test.for(['redis://tests:secret@127.0.0.1', 'nats://127.0.0.1:4222', 'nonsense secret'])(
  'a URL that is not one of NATS with user and password: %s',
  async (url) => {
    expect(await refusalOf(url)).toBe(
      'TESTKIT_NATS_URL names something that is not a URL of NATS with user and password, which cannot be used: it must have the form nats://USER:PASSWORD@HOST:PORT. Start that server, correct the URL, or unset TESTKIT_NATS_URL so that the testkit starts one.',
    );
  },
);

test('a server that does not answer', async () => {
  expect(await refusalOf('nats://tests:secret@127.0.0.1:1')).toBe(
    'TESTKIT_NATS_URL names nats://tests@HOST, which cannot be used: connection refused. Start that server, correct the URL, or unset TESTKIT_NATS_URL so that the testkit starts one.',
  );
});

test('a server without JetStream', async () => {
  await using server = await pretend({});
  expect(await refusalOf(server.url)).toBe(
    'TESTKIT_NATS_URL names nats://tests@HOST, which runs without JetStream. Turn it on, or unset TESTKIT_NATS_URL so that the testkit starts one.',
  );
});

test('a server of a cluster', async () => {
  await using server = await pretend({ jetstream: true, cluster: 'east' });
  expect(await refusalOf(server.url)).toBe(
    'TESTKIT_NATS_URL names nats://tests@HOST, which is part of the cluster east; the tests need a server that stands alone. Give one, or unset TESTKIT_NATS_URL so that the testkit starts one.',
  );
});

describeOnContainers('NATS', () => {
  test('a server without accounts for the tests', async () => {
    const { url } = await acquire('nats');
    expect(await refusalOf(url.replace('//testkit:', '//testkit-1:'))).toBe(
      "TESTKIT_NATS_URL names nats://testkit-1@HOST, but testkit-1-1 cannot use it: Authorization Violation. The tests need accounts with JetStream: one of the user in the URL, and one each of testkit-1-1, testkit-1-2 and so on, with the same password. Add them to the server's configuration, or unset TESTKIT_NATS_URL so that the testkit starts one.",
    );
  });

  test('one that has them is used', async () => {
    const { url, version } = await acquire('nats');
    expect(await inspectNats(url, VARIABLE)).toBe(version);
  });
});
