import { expectAnswerWithin } from '@splitlevel/testkit';
import { describe, expect } from 'vitest';
import { call } from './call.ts';
import { test } from './fixtures.ts';

const ping = (id: string) => ({ id, type: 'ping', body: { text: 'milk' } });
const pong = (id: string) => ({ id: `${id}.pong`, type: 'pong', body: { text: 'milk' } });

describe('a message of another service', () => {
  test('is answered under one id, however often it comes', async ({ service: _, peer }) => {
    await peer.send(ping('ping-1'));
    await peer.send(ping('ping-1'));
    await peer.send(ping('ping-2'));

    // A broker may leave out what has the same id again.
    const seen = async () => new Set((await peer.events(2)).map((answer) => JSON.stringify(answer)));
    await expect
      .poll(seen, { message: 'answers to two messages' })
      .toEqual(new Set([JSON.stringify(pong('ping-1')), JSON.stringify(pong('ping-2'))]));
  });

  test('that cannot be understood is put with the dead letters, and the next one is answered', async ({
    service: _,
    peer,
  }) => {
    const unknown = { ...ping('ping-1'), type: 'weather' };
    await peer.send(unknown);
    await peer.send(ping('ping-2'));

    expect(await peer.deadLetters(1), 'the dead letters').toEqual([unknown]);
    expect(await peer.events(1)).toEqual([pong('ping-2')]);
  });

  test('is answered once the broker is back; meanwhile the service is ready', async ({ service, peer, broker }) => {
    await peer.send(ping('ping-1'));
    await peer.events(1);
    const fault = await broker.fault('down');
    await peer.send(ping('ping-2'));
    expect(await call(service, 'GET', '/health/ready')).toMatchObject({ status: 200, body: { broker: 'down' } });
    await fault.undo();

    expect(await peer.events(2)).toContainEqual(pong('ping-2'));
    await expect
      .poll(async () => (await call(service, 'GET', '/health/ready')).body.broker, {
        message: 'the service does not come back to the broker',
      })
      .toBe('up');
  });

  test('waits for a broker that is slow, and the service stops all the same', async ({
    startService,
    peer,
    broker,
  }) => {
    const service = await startService({ BROKER_TIMEOUT_MS: '500' });
    await peer.send(ping('ping-1'));
    await peer.events(1);
    await using _ = await broker.fault('slow');
    const ready = await expectAnswerWithin(8000, () => call(service, 'GET', '/health/ready'));
    expect(ready.body).toEqual({ status: 'ready', broker: 'down' });
    await expectAnswerWithin(8000, () => service.stop());
  });
});
