import type { FixtureKind, Isolation, OpenFixture, TestScope } from '../shared/fixture-kind.ts';
import { telling } from '../shared/tell-error.ts';
import { explainError } from './explain-error.ts';
import { openClone, openWorker } from './isolation/clone-isolation.ts';
import { DatabasePool } from './isolation/database-pool.ts';
import { openRollback } from './isolation/rollback-isolation.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import type { PostgresNeed } from './postgres-need.ts';
import { closeServerSession, openServerSession, type ServerSession } from './server/server-session.ts';
import { watchPools } from './sessions/watch-pools.ts';
import { ensureTemplate } from './templates/template.ts';

/**
 * How a declared PostgreSQL becomes a fixture.
 *
 * Set back between tests: the rows of all tables, with partitions, children and unlogged ones; sequences. Noticed, and
 * answered by a fresh clone: changes of the schema, refreshed materialized views, large objects, tables too large to be
 * set back. Ended, and the test failed: transactions and connections left open, connections not given back, prepared
 * transactions. Set back, and the test failed: sessions of the pool with settings, a role, temporary tables, cursors,
 * prepared statements, advisory locks or LISTEN. Replaced, and the test failed: the role, and the database's settings,
 * privileges and attributes. Outside of all this: rows of foreign tables, which are on another server, and other
 * databases and roles, which the code under test cannot make.
 */
export const postgresKind: FixtureKind<PostgresNeed, PostgresDatabase> = {
  title: 'PostgreSQL',
  async prepare(need, place) {
    watchPools();
    const session = await telling('Connecting to PostgreSQL failed', explainError, openServerSession);
    try {
      const template = await telling('Preparing the databases of the tests failed', explainError, () =>
        ensureTemplate(need, place, session),
      );
      const databases = new DatabasePool(session, template);
      databases.prefetch();
      return {
        open: (test) => open(session, databases, test),
        reuse: () => reuse(databases),
        close: () => close(databases),
      };
    } catch (error) {
      await closeServerSession();
      throw error;
    }
  },
};

const isolations: Record<
  Isolation,
  (session: ServerSession, databases: DatabasePool, test: TestScope) => Promise<OpenFixture<PostgresDatabase>>
> = { worker: openWorker, rollback: openRollback, clone: openClone };

async function open(
  session: ServerSession,
  databases: DatabasePool,
  test: TestScope,
): Promise<OpenFixture<PostgresDatabase>> {
  const openIsolated = isolations[test.isolation];
  if (openIsolated === undefined) {
    throw new Error(`'${test.isolation}' is not an isolation: choose ${Object.keys(isolations).join(', ')}.`);
  }
  const fixture = await telling(`Opening a database for '${test.name}' failed`, explainError, () =>
    openIsolated(session, databases, test),
  );
  return {
    ...fixture,
    finish: (outcome) =>
      telling(`Setting back the database after '${test.name}' failed`, explainError, async () =>
        fixture.finish?.(outcome),
      ),
  };
}

/** Resolves with whether the next file can go on with the databases; not on a server that is gone. */
async function reuse(databases: DatabasePool): Promise<boolean> {
  try {
    for (const name of await databases.endFile()) {
      console.warn(
        `testkit: connections to the database ${name} were still open after the last test of the file. Close pools ` +
          'and clients when a test ends. The database is dropped when this process is gone.',
      );
    }
    return true;
  } catch {
    return false;
  }
}

async function close(databases: DatabasePool): Promise<void> {
  await databases.close().finally(closeServerSession);
}
