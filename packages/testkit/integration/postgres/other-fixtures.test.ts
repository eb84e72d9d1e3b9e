import { expect } from 'vitest';
import {
  createTest,
  expectAtMostQueries,
  expectForeignKeysIndexed,
  expectIndexed,
  expectNoNPlusOne,
  expectPlan,
  expectRefusal,
  expectRoundTrip,
  expectSerializable,
  fill,
  inTimeZone,
  interleave,
  type PostgresDatabase,
  queriesOf,
  withoutNewConnections,
  withRowsLocked,
} from '../../src/index.ts';
import { mariadb, nats, rabbitmq, redis } from '../../src/needs.ts';
import { describeOnContainers } from '../on-containers.ts';

const nothing = async () => {};
const piece = async () => nothing;

const assertions: Record<string, (given: PostgresDatabase) => Promise<unknown>> = {
  expectAtMostQueries: (given) => expectAtMostQueries(given, 1, nothing),
  expectForeignKeysIndexed: (given) => expectForeignKeysIndexed(given),
  expectIndexed: (given) => expectIndexed(given, nothing),
  expectNoNPlusOne: (given) => expectNoNPlusOne(given, { add: nothing, work: nothing }),
  expectPlan: (given) => expectPlan(given, nothing, { uses: 'an_index' }),
  expectRefusal: (given) => expectRefusal(given, 'products.name', async (value) => value),
  expectRoundTrip: (given) => expectRoundTrip(given, 'products.name', async (value) => value),
  expectSerializable: (given) =>
    expectSerializable(given, { pieces: [piece, piece], prepare: nothing, state: 'select 1' }),
  interleave: (given) => interleave(given, [piece, piece], { order: ['first', 'second'] }),
  inTimeZone: (given) => inTimeZone(given, { session: 'Asia/Tokyo' }, nothing),
  queriesOf: (given) => queriesOf(given, nothing),
};

/** Those that take MariaDB too. */
const onSql: typeof assertions = {
  fill: (given) => fill(given, 'products', 10),
  withoutNewConnections: (given) => withoutNewConnections(given, nothing),
  withRowsLocked: (given) => withRowsLocked(given, 'select 1', nothing),
};

const needs = { mariadb: mariadb({ migrate: nothing }), redis: redis(), rabbitmq: rabbitmq(), nats: nats() };
const test = createTest(import.meta.dirname, needs);

describeOnContainers('MariaDB, Redis, RabbitMQ and NATS', () => {
  test('their fixtures are refused by each assertion on PostgreSQL, as what they are', async ({
    mariadb,
    redis,
    rabbitmq,
    nats,
  }) => {
    const others = { Redis: redis, RabbitMQ: rabbitmq, NATS: nats };
    const refuse = async (refused: typeof assertions, given: Record<string, unknown>) => {
      for (const [name, assert] of Object.entries(refused)) {
        for (const [title, fixture] of Object.entries(given)) {
          await expect(assert(fixture as PostgresDatabase), `${name} of ${title}`).rejects.toThrow(
            `This assertion takes the fixture of a PostgreSQL database, and was given that of ${title}: `,
          );
        }
      }
    };
    await refuse(assertions, { MariaDB: mariadb, ...others });
    await refuse(onSql, others);
  });
});
