import pg from 'pg';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';

/**
 * Does work while the server refuses new connections to the database, as one does that has too many (53300); those that
 * are open stay.
 * @returns what the work resolves with.
 */
export async function withoutNewConnections<T>(database: PostgresDatabase, work: () => Promise<T>): Promise<T> {
  const { name, inspector } = accessOf(database);
  const limit = async (most: number) => {
    await (await inspector()).query(`ALTER DATABASE ${pg.escapeIdentifier(name)} CONNECTION LIMIT ${most}`);
  };
  await limit(0);
  try {
    return await work();
  } finally {
    await limit(-1);
  }
}
