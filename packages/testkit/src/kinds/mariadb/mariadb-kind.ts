import { addToFailure } from '../shared/add-to-failure.ts';
import type { FixtureKind, Outcome, TestScope } from '../shared/fixture-kind.ts';
import { type LifeCycle, openShare, type Share } from '../shared/life-cycle.ts';
import { packageOf } from '../shared/package-of.ts';
import { queryFixture } from '../shared/query-fixture.ts';
import { withDialect } from '../shared/sql/sql-dialect.ts';
import { telling } from '../shared/tell-error.ts';
import { DatabasePool } from './database-pool.ts';
import { keepEvidence } from './evidence.ts';
import { explainError } from './explain-error.ts';
import type { MariadbDatabase } from './mariadb-database.ts';
import type { MariadbNeed } from './mariadb-need.ts';
import { recordRows } from './record-rows.ts';
import { closeServerSession, openServerSession, type ServerSession } from './server/server-session.ts';
import { leftInUse } from './sessions/leaks.ts';
import { watchPools } from './sessions/watch-pools.ts';
import { dialectOf } from './sql/dialect.ts';
import type { TestDatabase } from './test-database.ts';
import { UserStateError } from './user-state.ts';

const NO_ROLLBACK =
  "There is no isolation 'rollback' for MariaDB, whose DDL commits whatever transaction it is in. Choose " +
  "test.override('isolation', 'worker'), which sets back only what a test wrote, or 'clone'.";

/**
 * How a declared MariaDB becomes a fixture.
 *
 * Set back between tests: the rows of all tables, and AUTO_INCREMENT. Noticed, and answered by a fresh database: changes
 * of the schema, sequences, and tables with system versions. Ended, and the test failed: connections that are still
 * open, or were out of a pool when it was closed, transactions, also prepared ones of XA, and locks of GET_LOCK; changes of
 * the password, the attributes or the privileges of the user. Outside of all this: other databases and users, which the
 * code under test cannot make.
 */
export const mariadbKind: FixtureKind<MariadbNeed, MariadbDatabase> = {
  title: 'MariaDB',
  readBy: 'database.query',
  async prepare(need, place) {
    watchPools();
    const session = await telling('Connecting to MariaDB failed', explainError, openServerSession);
    const databases = new DatabasePool(session, need, await packageOf(place.directory));
    const lifeCycle: LifeCycle<MariadbDatabase> = {
      title: 'MariaDB',
      share: 'a database',
      explain: explainError,
      noRollback: NO_ROLLBACK,
      take: async (test) => shareOf(await databases.take(), databases, session, test),
    };
    try {
      await telling('Preparing the databases of the tests failed', explainError, () => databases.fill());
    } catch (error) {
      await closeServerSession();
      throw error;
    }
    return {
      open: (test) => openShare(lifeCycle, test),
      reuse: async () => true,
      close: () => databases.close().finally(closeServerSession),
    };
  },
};

function shareOf(
  database: TestDatabase,
  databases: DatabasePool,
  session: ServerSession,
  test: TestScope,
): Share<MariadbDatabase> {
  const isWorkers = test.isolation === 'worker';
  let isKept = false;
  return {
    value: fixtureOf(database, session),
    faults: database.faults,
    async endLeft() {
      const left = await database.end();
      if (left.length > 0) {
        return leftInUse(left);
      }
      const changed = isWorkers ? await database.userChanges() : [];
      return changed.length > 0 ? new UserStateError(changed) : undefined;
    },
    async show(outcome) {
      await explainErrors(outcome);
      await recordRows(session.connection, database.name, outcome.evidence);
      isKept = await keepEvidence(session, database, test, outcome);
    },
    async giveBack(wasInUse) {
      if (isKept) {
        return;
      }
      if (isWorkers && !wasInUse && (await database.setBack())) {
        databases.giveBack(database);
      } else {
        await database.drop();
      }
    },
  };
}

/** Says what lies behind an error of a test that carries a code of the server. */
async function explainErrors(outcome: Outcome): Promise<void> {
  for (const error of outcome.errors) {
    const text = await explainError(error);
    if (text !== undefined) {
      return addToFailure(outcome, text);
    }
  }
}

function fixtureOf(database: TestDatabase, { connection }: ServerSession): MariadbDatabase {
  const value: MariadbDatabase = {
    url: database.disturbedUrl,
    get pool() {
      return database.pool;
    },
    query: queryFixture((sql, parameters) => database.query(sql, parameters)),
    fault: database.faults.begin(),
  };
  return withDialect(value, dialectOf(connection, database));
}
