import type { ServerKind } from '../../servers/server-kind.ts';

/** The user who makes the virtual hosts of tests. */
const ADMINISTRATOR = 'splitlevel';

export const server: ServerKind<'rabbitmq'> = {
  name: 'rabbitmq',
  module: import.meta.filename,
  title: 'RabbitMQ',
  container: (password) => ({
    port: 5672,
    adminPort: 15672,
    command: ['rabbitmq-server'],
    environment: {
      RABBITMQ_DEFAULT_USER: ADMINISTRATOR,
      RABBITMQ_DEFAULT_PASS: password,
      // One thread that sleeps when there is nothing to do: by default each core has one, which spins.
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 1:1 +sbwt none +sbwtdcpu none +sbwtdio none',
    },
  }),
  ready: { log: /Server startup complete/ },
  url: (host, port, password, adminPort) =>
    `amqp://${ADMINISTRATOR}:${password}@${host}:${port}/?management=${adminPort}`,
  version: async (_log, url) => {
    const { readVersion } = await import('./given-rabbitmq.ts');
    return readVersion(url);
  },
  inspect: async (url, variable) => {
    const { inspectRabbitmq } = await import('./given-rabbitmq.ts');
    return inspectRabbitmq(url, variable);
  },
};
