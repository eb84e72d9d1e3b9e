import { broker } from './broker.ts';

export const nats = broker({
  name: 'nats',
  title: 'NATS',
  protocols: ['nats', 'tls'],
  paths: ['', ''],
  note: (
    service,
    handled,
  ) => `Messages come by the JetStream stream \`events\`, with their type in the subject, \`events.${handled}\`, and in JSON \`id\`,
\`type\` and \`body\`. The dead letters are in the stream \`${service}-dead-letters\`, each with its \`Reason\` as a header. Streams that are
not there are made; those that are stay as they are.`,
  libraries: ['@nats-io/jetstream', '@nats-io/transport-node'],
});
