import type { FixtureEvidence } from '../../evidence/evidence.ts';
import { recordLeft } from '../../evidence/fixture-evidence.ts';
import { Connection } from './connection.ts';
import type { Clone } from './isolation/clone.ts';

/** Rows of a table that are recorded; a test that failed has few. */
const MOST_ROWS = 1000;
/** A table that something still locks is not worth a longer wait. */
const SETTINGS = { statement_timeout: '5000', lock_timeout: '1000' };

/**
 * Records the rows that a failed test left, a row a line of JSON, each table that has some by its name.
 * @throws what the server answers when the database cannot be read at all.
 */
export async function recordRows({ superuserUrl }: Clone, evidence: FixtureEvidence): Promise<void> {
  const connection = await Connection.open(superuserUrl, { settings: SETTINGS });
  try {
    const tables = await connection.query<{ name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema', 'splitlevel_testkit') ORDER BY 1`,
    );
    for (const { name } of tables) {
      await recordTable(connection, name, evidence);
    }
  } finally {
    await connection.close();
  }
}

async function recordTable(connection: Connection, name: string, evidence: FixtureEvidence): Promise<void> {
  try {
    const rows = await connection.query<{ row: string }>(
      `SELECT row_to_json(t)::text AS row FROM (SELECT * FROM ${name} LIMIT ${MOST_ROWS + 1}) t`,
    );
    const lines = rows.slice(0, MOST_ROWS).map(({ row }) => row);
    if (lines.length > 0) {
      recordLeft(evidence, name, lines, rows.length > MOST_ROWS);
    }
  } catch (error) {
    recordLeft(evidence, name, [`could not be read: ${(error as Error).message}`]);
  }
}
