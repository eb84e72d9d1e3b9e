import { counted } from '../shared/counted.ts';
import type { FixtureKind } from '../shared/fixture-kind.ts';
import { type LifeCycle, openShare, type Share } from '../shared/life-cycle.ts';
import { stateOf, telling } from '../shared/tell-error.ts';
import { waitBriefly } from '../shared/wait-briefly.ts';
import { showKeys } from './evidence.ts';
import { endLeft } from './leaks.ts';
import { LeasedDatabase } from './leased-database.ts';
import type { RedisDatabase } from './redis-database.ts';
import type { RedisNeed } from './redis-need.ts';
import { server } from './redis-server.ts';
import { closeServerSession, openServerSession } from './server-session.ts';

const NO_ROLLBACK =
  "Redis has no transaction that could be rolled back, so a test of isolation 'rollback' cannot use it. " +
  "Choose test.override('isolation', 'worker'), where its keys are removed after each test, or 'clone'.";

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
    const explain = stateOf(server);
    const session = await telling('Connecting to Redis failed', explain, openServerSession);
    let own: Promise<LeasedDatabase> | undefined;
    const takeOwn = () => {
      own ??= LeasedDatabase.take(session);
      own.catch(() => {
        own = undefined;
      });
      return own;
    };
    const lifeCycle: LifeCycle<RedisDatabase> = {
      title: 'Redis',
      share: 'a Redis database',
      explain,
      noRollback: NO_ROLLBACK,
      take: async ({ isolation }) =>
        isolation === 'clone' ? cloneOf(await LeasedDatabase.take(session)) : shareOf(await takeOwn()),
    };
    return {
      open: (test) => openShare(lifeCycle, test),
      reuse: async () => own === undefined || isUnused(await own),
      close: async () => {
        await (await own?.catch(() => undefined))?.close().catch(() => undefined);
        await closeServerSession();
      },
    };
  },
};

function shareOf(database: LeasedDatabase): Share<RedisDatabase> {
  return {
    value: database.fixture(),
    faults: database.faults,
    show: (outcome) => showKeys(database, outcome),
    endLeft: () => endLeft(database),
    giveBack: () => database.empty(),
  };
}

function cloneOf(database: LeasedDatabase): Share<RedisDatabase> {
  return {
    ...shareOf(database),
    async giveBack() {
      await database.empty();
      await isUnused(database).finally(() => database.close());
    },
  };
}

/** Whether no connection of the code under test is left; else says so. */
async function isUnused(database: LeasedDatabase): Promise<boolean> {
  try {
    if (await waitBriefly(async () => (await database.clients()).length === 0)) {
      return true;
    }
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
