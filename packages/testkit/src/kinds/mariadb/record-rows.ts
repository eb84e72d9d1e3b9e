import type { FixtureEvidence } from '../../evidence/evidence.ts';
import { recordLeft } from '../../evidence/fixture-evidence.ts';
import { ROWS_TO_READ, recordTables } from '../shared/record-tables.ts';
import { type Connection, identifier } from './connection.ts';

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
    await recordTables(evidence, tables, async (name) => {
      const rows = await connection.query(
        `SET STATEMENT ${BOUNDS} FOR SELECT * FROM ${identifier(database, name)} LIMIT ${ROWS_TO_READ}`,
      );
      return rows.map((row) => JSON.stringify(row, readable));
    });
  } catch (error) {
    recordLeft(evidence, database, [`could not be read: ${(error as Error).message}`]);
  }
}

/** Bytes in hexadecimal digits, where JSON has a list of numbers. */
function readable(_key: string, value: unknown): unknown {
  const bytes = value as { type?: unknown; data?: unknown } | null;
  return bytes?.type === 'Buffer' && Array.isArray(bytes.data) ? Buffer.from(bytes.data).toString('hex') : value;
}
