import { addToFailure } from '../../shared/add-to-failure.ts';
import type { OpenFixture, Outcome, TestScope } from '../../shared/fixture-kind.ts';
import { queryFixture } from '../../shared/query-fixture.ts';
import { waitBriefly } from '../../shared/wait-briefly.ts';
import { withAccess } from '../assertion-access.ts';
import { explainFailure } from '../explain-failure.ts';
import type { PostgresDatabase } from '../postgres-database.ts';
import type { ServerSession } from '../server/server-session.ts';
import { ServerStateError } from '../server/server-state.ts';
import { endLeft, leftInSessions } from '../sessions/leaks.ts';
import { leftSessions } from '../sessions/sessions.ts';
import type { DatabasePool } from './database-pool.ts';
import { resetDatabase } from './reset-database.ts';
import type { WorkerDatabase } from './worker-database.ts';

/** Isolation `worker`: a database that is set back for the next test of the file. */
export async function openWorker(
  session: ServerSession,
  databases: DatabasePool,
  test: TestScope,
): Promise<OpenFixture<PostgresDatabase>> {
  const database = await databases.take();
  await Promise.all([database.writeLog(), database.ready()]);
  return {
    value: databaseOf(database),
    finish: (outcome) =>
      finish(session, databases, database, test, outcome, () => resetDatabase(session, databases, database)),
  };
}

/** Isolation `clone`: a database for one test, dropped after it. */
export async function openClone(
  session: ServerSession,
  databases: DatabasePool,
  test: TestScope,
): Promise<OpenFixture<PostgresDatabase>> {
  const database = await databases.takeNew();
  databases.prefetch();
  await database.writeLog();
  const throwAway = async () => {
    const { connection } = session;
    const isFree = async () =>
      !database.isInUse &&
      (await leftSessions(connection, database.clone.name, await database.ownSessions())).length === 0;
    const left = (await waitBriefly(isFree)) ? undefined : await endLeft(session, database);
    const held = left ? [] : await database.freshen();
    databases.discard(database);
    if (left) {
      throw left;
    }
    if (held.length > 0) {
      throw leftInSessions(held);
    }
  };
  return {
    value: databaseOf(database),
    finish: (outcome) => finish(session, databases, database, test, outcome, throwAway),
  };
}

async function finish(
  session: ServerSession,
  databases: DatabasePool,
  database: WorkerDatabase,
  test: TestScope,
  outcome: Outcome,
  passed: () => Promise<void>,
): Promise<void> {
  const unmet = database.faults.unmet('its PostgreSQL');
  await database.faults.mend();
  // It is shared by all clones, also those of other files. A server that is gone was told by the test.
  const changed = await database.restoreMigratingRole().catch(() => []);
  if (!outcome.failed) {
    await passed();
    if (changed.length > 0) {
      throw new ServerStateError(changed);
    }
    if (unmet) {
      throw unmet;
    }
    return;
  }
  if (unmet) {
    addToFailure(outcome, unmet.message);
  }
  if (await explainFailure(session, database, test, outcome)) {
    databases.keep(database);
  } else {
    databases.discard(database);
  }
}

function databaseOf(database: WorkerDatabase): PostgresDatabase {
  const value: PostgresDatabase = {
    url: database.url,
    get pool() {
      return database.pool;
    },
    query: queryFixture((sql, parameters) => database.query(sql, parameters)),
    fault: database.faults.begin(),
  };
  return withAccess(value, database.access);
}
