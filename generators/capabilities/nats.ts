import { broker } from './broker.ts';

export const nats = broker({
  name: 'nats',
  title: 'NATS',
  protocols: ['nats', 'tls'],
  paths: ['', ''],
  libraries: ['@nats-io/jetstream', '@nats-io/transport-node'],
});
