import type { OpenFixture, Outcome, TestScope } from '../../shared/fixture-kind.ts';
import { lookBy } from '../../shared/query-fixture.ts';
import { graceFor } from '../../shared/wait-briefly.ts';
import { withInside } from '../assertion-access.ts';
import { explainFailure } from '../explain-failure.ts';
import type { Database } from '../postgres-database.ts';
import type { ServerSession } from '../server/server-session.ts';
import { ServerStateError } from '../server/server-state.ts';
import { endLeft, leftInSessions } from '../sessions/leaks.ts';
import { leftSessions } from '../sessions/sessions.ts';
import type { Stock } from './database-pool.ts';
import { giveBack } from './reset-database.ts';
import type { WorkerDatabase } from './worker-database.ts';

/** Isolation `worker`: a database that is set back for the next test of the file. */
export async function openWorker(
  session: ServerSession,
  stock: Stock,
  test: TestScope,
): Promise<OpenFixture<Database>> {
  const database = await stock.take();
  await Promise.all([database.ledger(), database.ready()]);
  return {
    value: databaseOf(database),
    finish: (outcome) => finish(session, stock, database, test, outcome, () => giveBack(session, stock, database)),
  };
}

/** Isolation `clone`: a database for one test, dropped after it. */
export async function openClone(session: ServerSession, stock: Stock, test: TestScope): Promise<OpenFixture<Database>> {
  const database = await stock.takeNew();
  stock.prefetch();
  await database.ledger();
  const throwAway = async () => {
    const { connection } = session;
    const isFree = async () =>
      !database.isInUse &&
      (await leftSessions(connection, database.clone.name, await database.ownSessions())).length === 0;
    const left = (await graceFor(isFree)) ? undefined : await endLeft(session, database);
    const held = left ? [] : await database.freshen();
    stock.discard(database);
    if (left) throw left;
    if (held.length > 0) throw leftInSessions(held);
  };
  return {
    value: databaseOf(database),
    finish: (outcome) => finish(session, stock, database, test, outcome, throwAway),
  };
}

async function finish(
  session: ServerSession,
  stock: Stock,
  database: WorkerDatabase,
  test: TestScope,
  outcome: Outcome,
  passed: () => Promise<void>,
): Promise<void> {
  // It is shared by all clones, also those of other files. A server that is gone was told by the test.
  const changed = await database.restoreMigratingRole().catch(() => []);
  if (!outcome.failed) {
    await passed();
    if (changed.length > 0) throw new ServerStateError(changed);
    return;
  }
  if (await explainFailure(session, database, test, outcome)) stock.keep(database);
  else stock.discard(database);
}

function databaseOf(database: WorkerDatabase): Database {
  const value: Database = {
    url: database.clone.url,
    get pool() {
      return database.pool;
    },
    query: lookBy((sql, parameters) => database.query(sql, parameters)),
  };
  return withInside(value, database.inside);
}
