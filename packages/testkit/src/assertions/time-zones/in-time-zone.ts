import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import { RollbackPool } from '../../kinds/postgres/isolation/rollback-pool.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { inProcessZone } from './process-zone.ts';
import { inSessionZone } from './session-zone.ts';

export interface TimeZones {
  /** The zone of this process, in which Date shows its hours: a name such as `Asia/Kolkata`. */
  readonly process?: string;
  /** The zone of the database's sessions, in which times without an offset are read. */
  readonly session?: string;
}

/**
 * Runs work under other time zones, and sets them back whatever happens. Connections that are opened in it have the
 * session's zone, those of `database.pool` too; connections that the code opened before keep theirs, so start it
 * inside. The zone of the process is that of all tests that run at the same time in this file.
 * @returns what work resolves with.
 * @throws {Error} when a zone is not known, or cannot be set: for sessions in isolation `rollback`, which has only one.
 */
export async function inTimeZone<T>(
  database: PostgresDatabase,
  zones: TimeZones,
  work: () => T | Promise<T>,
): Promise<T> {
  const { process: processZone, session: sessionZone } = zones;
  const inSession = async () => {
    if (sessionZone === undefined) {
      return work();
    }
    if (database.pool instanceof RollbackPool) {
      throw new Error(
        `The sessions' time zone cannot be set to ${sessionZone} in isolation 'rollback', whose only session is open already. ` +
          "Use test.override('isolation', 'worker').",
      );
    }
    return inSessionZone(database, accessOf(database), sessionZone, work);
  };
  return processZone === undefined ? inSession() : inProcessZone(processZone, inSession);
}
