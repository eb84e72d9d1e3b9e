import type { MariadbNeed } from './kinds/mariadb/mariadb-need.ts';
import type { NatsNeed } from './kinds/nats/nats-need.ts';
import type { PostgresNeed } from './kinds/postgres/postgres-need.ts';
import type { RabbitmqNeed } from './kinds/rabbitmq/rabbitmq-need.ts';
import type { RedisNeed } from './kinds/redis/redis-need.ts';
import type { UpstreamNeed } from './kinds/wiremock/upstream-need.ts';

/**
 * The needs of a package, as plain values: read by its tests (`createTest`) and by `nx dev`. Imports nothing of Vitest.
 */

export * from './kinds/mariadb/mariadb-need.ts';
export * from './kinds/nats/nats-need.ts';
export * from './kinds/postgres/postgres-need.ts';
export * from './kinds/rabbitmq/rabbitmq-need.ts';
export * from './kinds/redis/redis-need.ts';
export * from './kinds/wiremock/upstream-need.ts';

export type Need = PostgresNeed | MariadbNeed | RedisNeed | RabbitmqNeed | NatsNeed | UpstreamNeed;
/** By key: the fixture's name in tests, and in CONSTANT_CASE with `_URL` the environment variable under `nx dev`. */
export type Needs = Readonly<Record<string, Need>>;
