import type { Database } from '@splitlevel/testkit';
import { expect } from 'vitest';

/**
 * Lets requests that write meet in the worst way: all of them have read before the first may write.
 *
 * @param requests the service needs a connection for each of them
 */
export async function atOnce<Answer>(database: Database, requests: (() => Promise<Answer>)[]): Promise<Answer[]> {
  const gate = await database.pool.connect();
  await gate.query('begin; lock table "products" in share mode');
  const answers = Promise.all(requests.map((request) => request()));
  try {
    const isWaiting = "datname = current_database() and wait_event_type = 'Lock'";
    await expect
      .poll(() => database.query(`select from pg_stat_activity where ${isWaiting}`), { timeout: 5000 })
      .toHaveLength(requests.length);
  } finally {
    await gate.query('rollback');
    gate.release();
  }
  return await answers;
}
