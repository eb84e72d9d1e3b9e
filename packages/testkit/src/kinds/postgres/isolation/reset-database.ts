import { waitBriefly } from '../../shared/wait-briefly.ts';
import type { ServerSession } from '../server/server-session.ts';
import { ServerStateError } from '../server/server-state.ts';
import { endLeft, leftInSessions } from '../sessions/leaks.ts';
import type { ResetAnswer } from '../write-log/write-log.ts';
import type { DatabasePool } from './database-pool.ts';
import type { WorkerDatabase } from './worker-database.ts';

/** SQLSTATE of a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Sets a database back to the template's state and gives it to the next test, or replaces it where that cannot be done.
 * @throws {LeakError} when the test left a transaction or a connection open, and ServerStateError when it changed its
 * role or what the server keeps of its database; the next test gets a clean one nevertheless.
 */
export async function resetDatabase(
  session: ServerSession,
  databases: DatabasePool,
  database: WorkerDatabase,
): Promise<void> {
  let answer = await setBack(database);
  if (answer?.busy) {
    await waitBriefly(async () => {
      answer = await setBack(database);
      return !answer?.busy;
    });
  }
  const left = answer?.busy ? await endLeft(session, database) : undefined;
  if (answer?.busy) {
    answer = await setBack(database);
  }
  const changed = await database.serverStateChanges();
  const held = await database.freshen();
  if (answer === null && changed.length === 0) {
    databases.give(database);
  } else if (answer === null) {
    databases.discard(database);
  } else {
    databases.discard(database);
    if (answer.differences) {
      warn(answer.differences);
    }
    if (answer.broken) {
      console.warn(`testkit: ${answer.broken}`);
    }
  }
  if (left) {
    throw left;
  }
  if (held.length > 0) {
    throw leftInSessions(held);
  }
  if (changed.length > 0) {
    throw new ServerStateError(changed);
  }
}

async function setBack(database: WorkerDatabase): Promise<(ResetAnswer & { broken?: string }) | null> {
  if (database.isInUse) {
    return { busy: true };
  }
  try {
    return await database.reset();
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === LOCK_NOT_AVAILABLE) {
      return { busy: true };
    }
    if (code === undefined || !/^(?:[0-4]|5[05]|P0|XX)/.test(code)) {
      throw error;
    }
    return {
      broken: `the database could not be set back after the test (${message}), and is replaced by a fresh clone. Only speed is lost.`,
    };
  }
}

/**
 * The next test is right either way, since it gets a fresh clone: so the person is told, and the test that happened to
 * find the hole does not fail.
 */
function warn(differences: readonly string[]): void {
  console.warn(
    `testkit: after the test's writes were set back, the database was not as before: ${differences.join(', ')}. ` +
      'Something was written that statement triggers do not see. The database is replaced by a fresh clone; if every ' +
      "test does this, test.override('isolation', 'clone') says so and saves the attempt.",
  );
}
