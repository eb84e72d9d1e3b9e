import { counted } from '../shared/counted.ts';
import type { FixtureKind, OpenFixture, Outcome, TestScope } from '../shared/fixture-kind.ts';
import { withDiagnosis } from '../shared/tell-error.ts';
import { waitBriefly } from '../shared/wait-briefly.ts';
import { showKeys } from './evidence.ts';
import { endLeft } from './leaks.ts';
import { LeasedDatabase } from './leased-database.ts';
import type { RedisDatabase } from './redis-database.ts';
import type { RedisNeed } from './redis-need.ts';
import { server } from './redis-server.ts';
import { closeServerSession, openServerSession, type ServerSession } from './server-session.ts';

/**
 * How a declared Redis becomes a fixture: each process takes a database of the server that no other has, with a user that can
 * reach no other.
 *
 * Set back between tests: all keys, and the faults. Ended, and the test failed: commands that still wait, and transactions that
 * were not ended, and subscriptions. Refused, since they are the whole server's: FLUSHALL, functions, configuration. Outside of
 * all this: channels of publish and subscribe, which are the whole server's too and no harm to those who do not listen.
 */
export const redisKind: FixtureKind<RedisNeed, RedisDatabase> = {
  title: 'Redis',
  readBy: 'command',
  async prepare() {
    const session = await withDiagnosis(server, 'Connecting to Redis failed', openServerSession);
    let own: Promise<LeasedDatabase> | undefined;
    const take = () => {
      own ??= LeasedDatabase.take(session);
      own.catch(() => {
        own = undefined;
      });
      return own;
    };
    return {
      open: (test) =>
        withDiagnosis(server, `Opening a Redis database for '${test.name}' failed`, () => open(session, test, take)),
      reuse: async () => own === undefined || isUnused(await own),
      close: async () => {
        await (await own?.catch(() => undefined))?.close().catch(() => undefined);
        await closeServerSession();
      },
    };
  },
};

async function open(
  session: ServerSession,
  { isolation, name }: TestScope,
  take: () => Promise<LeasedDatabase>,
): Promise<OpenFixture<RedisDatabase>> {
  if (isolation === 'rollback') {
    throw new Error(
      "Redis has no transaction that could be rolled back, so a test of isolation 'rollback' cannot use it. " +
        "Choose test.override('isolation', 'worker'), where its keys are removed after each test, or 'clone'.",
    );
  }
  const database = await (isolation === 'clone' ? LeasedDatabase.take(session) : take());
  return {
    value: database.fixture(),
    finish: (outcome) =>
      withDiagnosis(server, `Setting back the Redis after '${name}' failed`, async () => {
        const left = await finish(database, outcome);
        if (isolation === 'clone') await isUnused(database).finally(() => database.close());
        if (left) throw left;
      }),
  };
}

async function finish(database: LeasedDatabase, outcome: Outcome): Promise<Error | undefined> {
  const unmet = database.faults.unmet('its Redis');
  await database.faults.mend();
  const left = await endLeft(database);
  if (outcome.failed) await showKeys(database, outcome);
  await database.empty();
  return left ?? unmet;
}

/** Whether no connection of the code under test is left; else says so. */
async function isUnused(database: LeasedDatabase): Promise<boolean> {
  try {
    if (await waitBriefly(async () => (await database.clients()).length === 0)) return true;
    const clients = await database.clients();
    console.warn(
      `testkit: ${counted(clients.length, 'connection')} to a database of Redis ${clients.length === 1 ? 'was' : 'were'} still open after the last test that used it ` +
        `(last commands: ${clients.map(({ command }) => command).join(', ')}). Close clients when a test ends. They are ended now.`,
    );
    return false;
  } catch {
    return false;
  }
}
