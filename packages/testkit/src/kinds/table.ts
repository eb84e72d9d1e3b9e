import type { Need } from '../needs.ts';
import type { FixtureKind } from './shared/fixture-kind.ts';

type KindFor<K extends Need['kind']> = FixtureKind<Extract<Need, { kind: K }>, { url: string }>;

/** One entry a kind of need: how its server is prepared and used. Only what a package needs is loaded with its client. */
export const needKinds: { readonly [K in Need['kind']]: () => Promise<KindFor<K>> } = {
  postgres: async () => (await import('./postgres/postgres-kind.ts')).postgresKind,
  mariadb: async () => (await import('./mariadb/mariadb-kind.ts')).mariadbKind,
  nats: async () => (await import('./nats/nats-kind.ts')).natsKind,
  redis: async () => (await import('./redis/redis-kind.ts')).redisKind,
  rabbitmq: async () => (await import('./rabbitmq/rabbitmq-kind.ts')).rabbitmqKind,
  upstream: async () => (await import('./wiremock/upstream-kind.ts')).upstreamKind,
};
