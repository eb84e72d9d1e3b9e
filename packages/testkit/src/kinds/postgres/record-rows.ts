import type { FixtureEvidence } from '../../evidence/evidence.ts';
import { ROWS_TO_READ, recordTables } from '../shared/record-tables.ts';
import { Connection } from './connection.ts';
import type { Clone } from './isolation/clone.ts';

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
    await recordTables(evidence, tables, async (name) => {
      const rows = await connection.query<{ row: string }>(
        `SELECT row_to_json(t)::text AS row FROM (SELECT * FROM ${name} LIMIT ${ROWS_TO_READ}) t`,
      );
      return rows.map(({ row }) => row);
    });
  } finally {
    await connection.close();
  }
}
