import { Connection } from 'rabbitmq-client';
import { expect } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';
import { connected, test } from './fixtures.ts';

describeOnContainers('RabbitMQ', () => {
  for (const time of ['first', 'next']) {
    test(`the ${time} test finds an empty virtual host, whatever the one before made`, async ({ broker }) => {
      await connected(broker.url, async (connection) => {
        await expect(connection.queueDeclare({ queue: 'orders', passive: true })).rejects.toThrow('NOT_FOUND');
        await expect(connection.exchangeDeclare({ exchange: 'events', passive: true })).rejects.toThrow('NOT_FOUND');
        await connection.exchangeBind({ source: 'amq.topic', destination: 'amq.fanout', routingKey: '#' });
        await connection.queueDeclare({ queue: 'mine', exclusive: true });
        await connection.queueBind({ queue: 'mine', exchange: 'amq.fanout' });
        await connection.queueDeclare({ queue: 'orders', durable: true, arguments: { 'x-queue-type': 'quorum' } });
        await connection.exchangeDeclare({ exchange: 'events', type: 'topic', durable: true });
        await connection.queueBind({ queue: 'orders', exchange: 'events', routingKey: '#' });
        const publisher = connection.createPublisher({ confirm: true });
        await publisher.send({ exchange: 'events', routingKey: 'a' }, 'kept');
        await publisher.send({ exchange: 'amq.topic', routingKey: 'a' }, 'passed on');
        await publisher.close();
        expect((await connection.basicGet('orders'))?.body).toBe('kept');
        expect((await connection.basicGet('mine'))?.body).toBe('passed on');
      });
    });
  }

  test('its user reaches no other virtual host', async ({ broker }) => {
    const url = new URL(broker.url);
    url.pathname = '/';
    const connection = new Connection(url.href);
    const refused = new Promise<Error>((resolve) => connection.once('error', resolve));
    expect((await refused).message).toMatch(/NOT_ALLOWED|ACCESS_REFUSED|not allowed|refused/i);
    connection.unsafeDestroy();
  });

  test.describe('isolation clone', () => {
    test.override('isolation', 'clone');
    const seen: string[] = [];

    for (const time of ['first', 'next']) {
      test(`gives the ${time} test a virtual host of its own`, async ({ broker }) => {
        const { pathname } = new URL(broker.url);
        expect(seen).not.toContain(pathname);
        seen.push(pathname);
        await connected(broker.url, (connection) => connection.queueDeclare('orders'));
      });
    }
  });
});
