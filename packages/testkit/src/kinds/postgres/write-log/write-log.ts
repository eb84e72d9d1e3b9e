import { readFileSync } from 'node:fs';
import pg from 'pg';
import type { Connection } from '../connection.ts';
import { hashOf, SCHEMA } from '../postgres-names.ts';

const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
const sql = `${read('write-log.sql')}\n${read('survey.sql')}`;

/** Part of a template's hash: templates made with an older write log are not used. */
export const WRITE_LOG_VERSION = hashOf(sql);

/**
 * Session settings under which rows are read as text, and put back without the code under test's triggers; they stand
 * over what the database or a role sets for itself.
 */
export const WRITE_LOG_SETTINGS = {
  session_replication_role: 'replica',
  lock_timeout: '2s',
  default_transaction_read_only: 'off',
  default_transaction_isolation: 'read committed',
  TimeZone: 'UTC',
  DateStyle: 'ISO',
  IntervalStyle: 'postgres',
  extra_float_digits: '1',
  bytea_output: 'hex',
} as const;

/** The write log's answer about what a test left in a database. */
export interface ResetAnswer {
  busy?: true;
  replace?: string;
  differences?: string[];
}

/** Installs the write log; the schema must be finished, and nobody else connected. */
export async function installWriteLog(inside: Connection, owner: string): Promise<void> {
  const schema = pg.escapeIdentifier(SCHEMA);
  await inside.query(
    `BEGIN;\n${sql}\nGRANT USAGE ON SCHEMA ${schema} TO ${pg.escapeIdentifier(owner)};\nDELETE FROM dirty;\nCOMMIT`,
  );
}

/**
 * Sets a database back to its template's state. Resolves with null when it is.
 * @param own the sessions of the database's owner that may stay open, by pid; without it, all that are idle.
 */
export async function reset(writeLog: Connection, own?: readonly number[]): Promise<ResetAnswer | null> {
  const [row] = await writeLog.query<{ answer: ResetAnswer | null }>(`SELECT ${SCHEMA}.reset($1) AS answer`, [
    own ?? null,
  ]);
  return row?.answer ?? null;
}
