import { sleep } from '@splitlevel/guards/originals';
import { addToFailure } from '../../shared/add-to-failure.ts';
import type { OpenFixture } from '../../shared/fixture-kind.ts';
import { queryFixture } from '../../shared/query-fixture.ts';
import { LeakError } from '../../shared/test-error.ts';
import { GRACE_MS, waitBriefly } from '../../shared/wait-briefly.ts';
import { withAccess } from '../assertion-access.ts';
import { explainErrors } from '../explain-failure.ts';
import type { PostgresDatabase } from '../postgres-database.ts';
import type { ServerSession } from '../server/server-session.ts';
import { FRESH_SESSION } from '../sessions/fresh-session.ts';
import { describeLeak } from '../sessions/leaks.ts';
import { terminate } from '../sessions/sessions.ts';
import type { DatabasePool } from './database-pool.ts';
import { resetDatabase } from './reset-database.ts';
import type { WorkerDatabase } from './worker-database.ts';

/** Isolation `rollback`: one transaction on one connection, which never commits. */
export async function openRollback(
  session: ServerSession,
  databases: DatabasePool,
): Promise<OpenFixture<PostgresDatabase>> {
  const database = await databases.take();
  const { rollbackPool } = database;
  await Promise.all([database.writeLog(), database.ready(), rollbackPool.begin()]);
  const value: PostgresDatabase = {
    get url(): string {
      throw rollbackPool.refuse('database.url was read, by which code would open a connection of its own');
    },
    pool: rollbackPool,
    query: queryFixture(async (sql, parameters) => (await rollbackPool.look(sql, parameters)).rows),
    async fault() {
      throw rollbackPool.refuse('database.fault was called, which is for code that connects by database.url');
    },
  };
  return {
    value: withAccess(value, database.access),
    async finish(outcome) {
      const { refusals } = rollbackPool;
      const left = await rollBack(session, database);
      if (outcome.failed) {
        await explainErrors(outcome);
        addToFailure(
          outcome,
          "Isolation 'rollback' keeps no rows to look at: test.override('isolation', 'worker') does.",
        );
      }
      await resetDatabase(session, databases, database);
      if (outcome.failed) {
        return;
      }
      if (refusals[0]) {
        throw refusals[0];
      }
      if (left) {
        throw left;
      }
    },
  };
}

/** Rolls back, or ends the session where a statement is still running. */
async function rollBack(session: ServerSession, database: WorkerDatabase): Promise<LeakError | undefined> {
  const { rollbackPool } = database;
  await waitBriefly(async () => rollbackPool.leaks.length === 0);
  const leak = rollbackPool.leaks[0];
  const rolledBack = rollbackPool.rollBack(FRESH_SESSION).then(
    () => 'rolled back' as const,
    () => 'broken' as const,
  );
  const end = await Promise.race([rolledBack, sleep(GRACE_MS, 'still running' as const)]);
  if (end === 'still running') {
    if (rollbackPool.pid !== undefined) {
      await terminate(session.connection, [rollbackPool.pid]);
    }
    await rolledBack;
  }
  if (end !== 'rolled back') {
    database.abandonPools();
  }
  if (leak) {
    return new LeakError(`The test ended and kept its connection:\n- ${describeLeak(leak)}`);
  }
  if (end === 'still running') {
    return new LeakError('The test ended while a statement was still running. Await all that it starts.');
  }
  return undefined;
}
