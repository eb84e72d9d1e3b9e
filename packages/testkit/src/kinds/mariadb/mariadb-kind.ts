import { addToFailure } from '../shared/add-to-failure.ts';
import type { FixtureKind, OpenFixture, Outcome, TestScope } from '../shared/fixture-kind.ts';
import { packageOf } from '../shared/package-of.ts';
import { queryFixture } from '../shared/query-fixture.ts';
import { TemplateError } from '../shared/run-part.ts';
import { TestError } from '../shared/test-error.ts';
import { DatabasePool } from './database-pool.ts';
import { keepEvidence } from './evidence.ts';
import { explainError, withExplanation } from './explain-error.ts';
import type { MariadbDatabase } from './mariadb-database.ts';
import type { MariadbNeed } from './mariadb-need.ts';
import { recordRows } from './record-rows.ts';
import { closeServerSession, openServerSession, type ServerSession } from './server/server-session.ts';
import { leftInUse } from './sessions/leaks.ts';
import { watchPools } from './sessions/watch-pools.ts';
import type { TestDatabase } from './test-database.ts';
import { UserStateError } from './user-state.ts';

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
    const session = await openServerSession().catch(async (error) => {
      throw await withExplanation('Connecting to MariaDB failed', error);
    });
    const databases = new DatabasePool(session, need, await packageOf(place.directory));
    try {
      await databases.fill();
      return {
        open: (test) => open(session, databases, test),
        reuse: async () => true,
        close: () => databases.close().finally(closeServerSession),
      };
    } catch (error) {
      await closeServerSession();
      if (error instanceof TemplateError) throw error;
      throw await withExplanation('Preparing the databases of the tests failed', error);
    }
  },
};

async function open(
  session: ServerSession,
  databases: DatabasePool,
  test: TestScope,
): Promise<OpenFixture<MariadbDatabase>> {
  if (test.isolation === 'rollback') {
    throw new Error(
      "There is no isolation 'rollback' for MariaDB, whose DDL commits whatever transaction it is in. Choose " +
        "test.override('isolation', 'worker'), which sets back only what a test wrote, or 'clone'.",
    );
  }
  const database = await databases.take().catch(async (error) => {
    throw error instanceof TemplateError
      ? error
      : await withExplanation(`Opening a database for '${test.name}' failed`, error);
  });
  return {
    value: fixtureOf(database),
    finish: (outcome) => finish(session, databases, database, test, outcome),
  };
}

async function finish(
  session: ServerSession,
  databases: DatabasePool,
  database: TestDatabase,
  test: TestScope,
  outcome: Outcome,
): Promise<void> {
  try {
    const left = await database.end();
    if (outcome.failed) {
      if (left.length > 0)
        addToFailure(outcome, `When the test failed, its database was in use:\n- ${left.join('\n- ')}`);
      await explainErrors(outcome);
      await recordRows(session.connection, database.name, outcome.evidence);
      if (!(await keepEvidence(session, database, test, outcome))) await database.drop();
      return;
    }
    const changed = test.isolation === 'worker' ? await database.userChanges() : [];
    const mayStay = left.length === 0 && changed.length === 0 && test.isolation === 'worker';
    if (mayStay && (await database.setBack())) databases.giveBack(database);
    else await database.drop();
    if (left.length > 0) throw leftInUse(left);
    if (changed.length > 0) throw new UserStateError(changed);
  } catch (error) {
    if (error instanceof TestError) throw error;
    throw await withExplanation(`Setting back the database after '${test.name}' failed`, error);
  }
}

/** Says what lies behind an error of a test that carries a code of the server. */
async function explainErrors(outcome: Outcome): Promise<void> {
  for (const error of outcome.errors) {
    const text = await explainError(error);
    if (text !== undefined) return addToFailure(outcome, text);
  }
}

function fixtureOf(database: TestDatabase): MariadbDatabase {
  return {
    url: database.url,
    get pool() {
      return database.pool;
    },
    query: queryFixture((sql, parameters) => database.query(sql, parameters)),
  };
}
