import { Connection, ConsumerStatus } from 'rabbitmq-client';
import { expect } from 'vitest';
import { deadLetters, exchange, queue, waiting } from '../src/queues.ts';
import { call } from './call.ts';
import { test } from './fixtures.ts';

test('what the service makes at the broker is still there when that has started again', async ({ service, broker }) => {
  await expect
    .poll(async () => (await call(service, 'GET', '/health/ready')).body.broker, { timeout: 20_000 })
    .toBe('up');
  const connection = new Connection({ url: broker.undisturbedUrl, connectionName: 'the test' });
  // The broker refuses to declare what is there with other properties.
  const declared = [
    () => connection.exchangeDeclare({ ...exchange, durable: true }),
    ...[queue, waiting, deadLetters].map((each) => () => connection.queueDeclare({ ...each, durable: true })),
  ];
  try {
    for (const declare of declared) {
      const outcome = await declare().then(() => 'as it was', String);
      expect(outcome, 'an exchange or a queue is not durable').toBe('as it was');
    }
  } finally {
    await connection.close();
  }
});

test('a message that the service dies of is put with the dead letters by the broker itself', async ({
  service,
  broker,
  peer,
}) => {
  await expect
    .poll(async () => (await call(service, 'GET', '/health/ready')).body.broker, { timeout: 20_000 })
    .toBe('up');
  await service.stop();
  await peer.sendTo(queue.queue, { id: 'deadly-1', type: 'deadly', body: {} });
  // As if the service died of it, again and again.
  const connection = new Connection({ url: broker.undisturbedUrl, connectionName: 'the dying service' });
  const consumer = connection.createConsumer({ queue: queue.queue, queueOptions: queue }, () => ConsumerStatus.REQUEUE);
  consumer.on('error', () => undefined);
  try {
    expect(await peer.deadLetters(1), 'the dead letters').toMatchObject([{ id: 'deadly-1' }]);
  } finally {
    await consumer.close();
    await connection.close();
  }
});
