import { Connection } from 'rabbitmq-client';
import { expect } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';
import { connected, test } from './fixtures.ts';

describeOnContainers('RabbitMQ that fails', () => {
  test('down: nobody listens, and the test still has its own way; afterwards it is back', async ({ broker }) => {
    const fault = await broker.fault('down');
    const client = new Connection({ url: broker.url, retryLow: 50, retryHigh: 100 });
    const refused = new Promise((resolve) => client.once('error', resolve));
    try {
      expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
      client.on('error', () => {});
      await connected(broker.undisturbedUrl, (connection) => connection.queueDeclare('orders'));
      await fault.undo();
      await client.onConnect(20_000);
      expect(await client.queueDeclare({ queue: 'orders', passive: true })).toMatchObject({ queue: 'orders' });
    } finally {
      await client.close();
    }
  });

  test('reset: open connections are cut, and new ones accepted', async ({ broker }) => {
    await connected(broker.url, async (connection) => {
      const lost = new Promise((resolve) => connection.once('error', resolve));
      await broker.fault('reset');
      await lost;
      await connection.queueDeclare('orders');
    });
  });

  test('slow: what it answers comes late', async ({ broker }) => {
    await connected(broker.url, async (connection) => {
      await connection.queueDeclare('orders');
      await using _ = await broker.fault('slow', { milliseconds: 500 });
      const began = performance.now();
      await connection.queueDeclare({ queue: 'orders', passive: true });
      expect(performance.now() - began).toBeGreaterThan(490);
    });
  });
});
