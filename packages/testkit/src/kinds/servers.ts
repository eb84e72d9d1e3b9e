import type { Kind } from '../servers/server-kind.ts';
import { mariadb } from './mariadb/server/mariadb-server.ts';
import { nats } from './nats/nats-server.ts';
import { postgres } from './postgres/server/postgres-server.ts';
import { rabbitmq } from './rabbitmq/rabbitmq-server.ts';
import { redis } from './redis/redis-server.ts';
import { wiremock } from './wiremock/server/wiremock-server.ts';

/** The kinds of server, by the name that images.json and the environment variables have for them. */
export const kinds = { mariadb, nats, postgres, rabbitmq, redis, wiremock } satisfies Record<string, Kind>;
