import { type Connection, identifier } from '../connection.ts';

/** The code of a lock that was not to be had. */
const LOCKED = 1205;

/** The prepared XA transactions of the whole server, each as XA ROLLBACK takes it: `'transfer','',7`. */
export async function preparedOn(superuser: Connection): Promise<Set<string>> {
  const rows = await superuser.query<{ data: string }>("XA RECOVER FORMAT = 'SQL'");
  return new Set(rows.map(({ data }) => data));
}

/**
 * Rolls back the prepared XA transactions of a database that nobody is connected to; they outlive their connections. The
 * server does not say which database one is of, so those that are new are rolled back until no row is locked any more.
 * @param known those that were there before the test.
 * @returns a line each.
 */
export async function rollBackPrepared(
  superuser: Connection,
  database: string,
  known: ReadonlySet<string>,
): Promise<string[]> {
  const lines: string[] = [];
  for (const xid of await preparedOn(superuser)) {
    if (known.has(xid) || !(await isLocked(superuser, database))) {
      continue;
    }
    // Refused where another test's connection still has it.
    const isRolledBack = await superuser.query(`XA ROLLBACK ${xid}`).then(
      () => true,
      () => false,
    );
    if (isRolledBack) {
      lines.push(`the prepared XA transaction ${xid} was neither committed nor rolled back`);
    }
  }
  return lines;
}

async function isLocked(superuser: Connection, database: string): Promise<boolean> {
  const tables = await superuser.query<{ name: string }>(
    "SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_TYPE = 'BASE TABLE'",
    [database],
  );
  try {
    await superuser.batch(tables.map(({ name }) => `SELECT 1 FROM ${identifier(database, name)} FOR UPDATE NOWAIT`));
    return false;
  } catch (error) {
    if ((error as { errno?: number }).errno === LOCKED) {
      return true;
    }
    throw error;
  }
}
