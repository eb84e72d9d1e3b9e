import { mariadb } from './mariadb.ts';
import { nats } from './nats.ts';
import { postgres } from './postgres.ts';
import { rabbitmq } from './rabbitmq.ts';
import { redis } from './redis.ts';

export const databases = { postgres, mariadb };
export const caches = { redis };
export const brokers = { rabbitmq, nats };

/** All but upstreams, by the name that the testkit's needs and images.json have for them. */
export const servers = { ...databases, ...caches, ...brokers };

export type ServerName = keyof typeof servers;

export const databaseNames = namesOf(databases);
export const cacheNames = namesOf(caches);
export const brokerNames = namesOf(brokers);
export const serverNames = namesOf(servers);

function namesOf<Name extends string>(group: Readonly<Record<Name, unknown>>): readonly Name[] {
  return Object.keys(group) as Name[];
}
