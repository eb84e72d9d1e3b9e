import { Connection } from '../connection.ts';
import { lockClasses } from '../postgres-names.ts';
import { dropRoles } from '../roles.ts';
import { dropEvidence, dropOrphans, dropTemplates } from './sweep.ts';

const LOCK = [lockClasses.run, 0];

/**
 * Marks a run on a server that is not the testkit's own, and so outlives it. The first run on it drops what crashed runs
 * left and the databases of failed tests; the last one leaves nothing but those.
 * @returns to be called when the run is over. Does not throw: the tests had their outcome.
 */
export async function openRun(url: string): Promise<() => Promise<void>> {
  const connection = await Connection.open(url);
  await ifAlone(connection, async () => {
    await dropEvidence(connection);
    await sweep(connection);
  });
  return async () => {
    try {
      await connection.query('SELECT pg_advisory_unlock_shared($1, $2)', LOCK);
      await ifAlone(connection, () => sweep(connection));
    } catch {
      // A server that is gone has nothing left on it.
    } finally {
      await connection.close();
    }
  };
}

/** Does something when no other run is on the server, and is then one run of many. */
async function ifAlone(connection: Connection, work: () => Promise<void>): Promise<void> {
  const [row] = await connection.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS alone', LOCK);
  if (row?.alone) {
    await work();
  }
  await connection.query('SELECT pg_advisory_lock_shared($1, $2)', LOCK);
  if (row?.alone) {
    await connection.query('SELECT pg_advisory_unlock($1, $2)', LOCK);
  }
}

async function sweep(connection: Connection): Promise<void> {
  await dropOrphans(connection);
  await dropTemplates(connection, 0);
  await dropRoles(connection);
}
