import type { FixtureKind } from './fixture-kind.ts';
import { mariadbKind } from './mariadb/mariadb-kind.ts';
import { natsKind } from './nats/nats-kind.ts';
import type { Need } from './needs.ts';
import { postgresKind } from './postgres/postgres-kind.ts';
import { rabbitmqKind } from './rabbitmq/rabbitmq-kind.ts';
import { redisKind } from './redis/redis-kind.ts';
import { upstreamKind } from './wiremock/upstream-kind.ts';

/** One entry a kind of need: how its server is prepared and used. */
export const needKinds: { readonly [K in Need['kind']]: FixtureKind<Extract<Need, { kind: K }>, { url: string }> } = {
  postgres: postgresKind,
  mariadb: mariadbKind,
  nats: natsKind,
  redis: redisKind,
  rabbitmq: rabbitmqKind,
  upstream: upstreamKind,
};
