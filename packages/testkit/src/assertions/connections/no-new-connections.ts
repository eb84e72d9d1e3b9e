import type { SqlDatabase } from '../../kinds/shared/sql/sql-dialect.ts';
import { sqlDialectOf } from '../sql-dialect.ts';

/**
 * Does work while the server refuses new connections to the database, as one does that has too many; those that are
 * open stay.
 * @returns what the work resolves with.
 */
export async function withoutNewConnections<T>(database: SqlDatabase, work: () => Promise<T>): Promise<T> {
  const accept = await sqlDialectOf(database).refuseConnections(database);
  try {
    return await work();
  } finally {
    await accept();
  }
}
