import type { Kind } from './kind.ts';
import { mariadb } from './mariadb.ts';
import { nats } from './nats.ts';
import { postgres } from './postgres.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';
import { wiremock } from './wiremock.ts';

/** The kinds of server, by the name that images.json and the environment variables have for them. */
export const kinds = { mariadb, nats, postgres, rabbitmq, redis, wiremock } satisfies Record<string, Kind>;
