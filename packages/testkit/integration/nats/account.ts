import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { createTest, type Nats } from '../../src/index.ts';
import { addressOf } from '../../src/kinds/nats/connect-to.ts';
import { nats } from '../../src/needs.ts';

export const test = createTest(import.meta.dirname, { broker: nats() });

/** As code under test does: by the URL, and again after a loss. */
export function connectAsCode(url: string, name = 'code under test'): Promise<NatsConnection> {
  const { host, port, user, password } = addressOf(url);
  return connect({
    servers: `${host}:${port}`,
    user,
    pass: password,
    name,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 50,
    reconnectJitter: 0,
  });
}

/** Writes something of each kind that an account can have. */
export async function fill({ connection }: Nats): Promise<void> {
  const manager = await jetstreamManager(connection);
  await manager.streams.add({ name: 'ORDERS', subjects: ['orders.>'] });
  await manager.streams.add({ name: 'MEMORY', subjects: ['memory.>'], storage: 'memory' });
  await manager.streams.add({ name: 'KV_settings', subjects: ['$KV.settings.>'], max_msgs_per_subject: 1 });
  await manager.streams.add({ name: 'MIRROR', mirror: { name: 'ORDERS' } });
  await manager.consumers.add('ORDERS', { durable_name: 'shipping', ack_policy: 'explicit' });
  await jetstream(connection).publish('orders.created', '1');
}

/** The names of the account's streams. */
export async function streamsOf({ connection }: Nats): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await jetstreamManager(connection)).streams.names()) {
    names.push(name);
  }
  return names.sort();
}
