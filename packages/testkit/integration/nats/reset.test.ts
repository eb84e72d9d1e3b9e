import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { describe, expect } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';
import { connectAsCode, fill, streamsOf, test } from './account.ts';

describeOnContainers('NATS', () => {
  describe.for(['worker', 'clone'] as const)('isolation %s', (isolation) => {
    test.override('isolation', isolation);

    test('streams, buckets, mirrors and consumers are made', async ({ broker }) => {
      await fill(broker);
      expect(await streamsOf(broker)).toEqual(['KV_settings', 'MEMORY', 'MIRROR', 'ORDERS']);
    });

    test('and are not there for the next test, nor what they count', async ({ broker }) => {
      expect(await streamsOf(broker)).toEqual([]);
      await fill(broker);
      const message = await jetstream(broker.connection).publish('orders.created', '2');
      expect(message.seq).toBe(2);
    });

    test('nor what they remember of duplicates', async ({ broker }) => {
      await fill(broker);
      const first = await jetstream(broker.connection).publish('orders.created', '1', { msgID: 'the same' });
      expect(first.duplicate).toBe(false);
    });

    test('once more', async ({ broker }) => {
      await fill(broker);
      const first = await jetstream(broker.connection).publish('orders.created', '1', { msgID: 'the same' });
      expect(first.duplicate).toBe(false);
    });

    test('code gets in by the URL, and out again', async ({ broker }) => {
      const connection = await connectAsCode(broker.url);
      await (await jetstreamManager(connection)).streams.add({ name: 'BY_CODE', subjects: ['code'] });
      expect(await streamsOf(broker)).toEqual(['BY_CODE']);
      await connection.drain();
    });
  });

  test('the test may close its own connection', async ({ broker }) => {
    await broker.connection.close();
  });

  test('the server tells clients no address by which they would go round the fixture', async ({ broker }) => {
    const connection = await connectAsCode(broker.url);
    expect(connection.info?.connect_urls).toBeUndefined();
    await connection.close();
  });
});
