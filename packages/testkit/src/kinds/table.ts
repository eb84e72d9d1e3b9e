import type { ServerKind } from '../servers/server-kind.ts';
import { server as mariadb } from './mariadb/server/mariadb-server.ts';
import { server as nats } from './nats/nats-server.ts';
import { server as postgres } from './postgres/server/postgres-server.ts';
import { server as rabbitmq } from './rabbitmq/rabbitmq-server.ts';
import { server as redis } from './redis/redis-server.ts';
import { server as wiremock } from './wiremock/server/wiremock-server.ts';

/**
 * A line for each kind of need: its server, and how it becomes a fixture. That is loaded with its client, and only by
 * those who need it.
 */
export const kinds = {
  postgres: { server: postgres, load: async () => (await import('./postgres/postgres-kind.ts')).postgresKind },
  mariadb: { server: mariadb, load: async () => (await import('./mariadb/mariadb-kind.ts')).mariadbKind },
  nats: { server: nats, load: async () => (await import('./nats/nats-kind.ts')).natsKind },
  redis: { server: redis, load: async () => (await import('./redis/redis-kind.ts')).redisKind },
  rabbitmq: { server: rabbitmq, load: async () => (await import('./rabbitmq/rabbitmq-kind.ts')).rabbitmqKind },
  upstream: { server: wiremock, load: async () => (await import('./wiremock/upstream-kind.ts')).upstreamKind },
};

/** The name of a kind of server: of its image in images.json, and of its variable. */
export type ServerName = (typeof kinds)[keyof typeof kinds]['server']['name'];

/** @throws {TypeError} when the testkit has no such server. */
export function serverKindOf(name: ServerName): ServerKind {
  const servers = Object.values(kinds).map(({ server }): ServerKind => server);
  const found = servers.find((server) => server.name === name);
  if (found !== undefined) {
    return found;
  }
  const names = servers.map((server) => server.name).join(', ');
  throw new TypeError(`There is no server '${name}': the testkit has ${names}.`);
}
