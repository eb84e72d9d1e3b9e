import type { FixtureEvidence } from '../../evidence/evidence.ts';
import { recordLeft } from '../../evidence/fixture-evidence.ts';
import { type Connection, identifier } from './connection.ts';

/** Rows of a table that are recorded; a test that failed has few. */
const MOST_ROWS = 1000;
/** In seconds: a table that something still locks is not worth a longer wait. */
const BOUNDS = 'max_statement_time = 5, lock_wait_timeout = 1';

/**
 * Records the rows that a failed test left, a row a line of JSON, each table that has some by its name. Never throws: the
 * test has failed already, and its own error comes first.
 */
export async function recordRows(connection: Connection, database: string, evidence: FixtureEvidence): Promise<void> {
  try {
    const tables = await connection.query<{ name: string }>(
      `SELECT TABLE_NAME AS name FROM information_schema.TABLES
       WHERE TABLE_SCHEMA = ? AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY TABLE_NAME`,
      [database],
    );
    for (const { name } of tables) {
      await recordTable(connection, database, name, evidence);
    }
  } catch (error) {
    recordLeft(evidence, database, [`could not be read: ${(error as Error).message}`]);
  }
}

async function recordTable(
  connection: Connection,
  database: string,
  table: string,
  evidence: FixtureEvidence,
): Promise<void> {
  try {
    const rows = await connection.query(
      `SET STATEMENT ${BOUNDS} FOR SELECT * FROM ${identifier(database, table)} LIMIT ${MOST_ROWS + 1}`,
    );
    const lines = rows.slice(0, MOST_ROWS).map((row) => JSON.stringify(row, readable));
    if (lines.length > 0) {
      recordLeft(evidence, table, lines, rows.length > MOST_ROWS);
    }
  } catch (error) {
    recordLeft(evidence, table, [`could not be read: ${(error as Error).message}`]);
  }
}

/** Bytes in hexadecimal digits, where JSON has a list of numbers. */
function readable(_key: string, value: unknown): unknown {
  const bytes = value as { type?: unknown; data?: unknown } | null;
  return bytes?.type === 'Buffer' && Array.isArray(bytes.data) ? Buffer.from(bytes.data).toString('hex') : value;
}
