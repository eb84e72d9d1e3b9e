import { waitBriefly } from '../../shared/wait-briefly.ts';
import type { Connection } from '../connection.ts';

/** A connection of the code under test. */
export interface Session {
  readonly id: number;
  /** 'Sleep' when it runs no statement. */
  readonly command: string;
  readonly seconds: string;
  readonly statement: string | null;
  readonly inTransaction: 0 | 1;
}

/** The connections of a database's user. The server renews what it says of transactions ten times a second. */
export function sessionsOf(connection: Connection, user: string): Promise<Session[]> {
  return connection.query<Session>(
    `SELECT p.ID AS id, p.COMMAND AS command, ROUND(p.TIME_MS / 1000, 1) AS seconds,
       LEFT(p.INFO, 300) AS statement, t.trx_id IS NOT NULL AS inTransaction
     FROM information_schema.PROCESSLIST AS p LEFT JOIN information_schema.INNODB_TRX AS t ON t.trx_mysql_thread_id = p.ID
     WHERE p.USER = ? ORDER BY p.ID`,
    [user],
  );
}

export async function sessionIds(connection: Connection, user: string): Promise<number[]> {
  const rows = await connection.query<{ id: number }>(
    'SELECT ID AS id FROM information_schema.PROCESSLIST WHERE USER = ?',
    [user],
  );
  return rows.map(({ id }) => id);
}

/** Ends all connections of a user, and waits a moment until they are gone. */
export async function endSessions(connection: Connection, user: string): Promise<void> {
  await waitBriefly(async () => {
    const ids = await sessionIds(connection, user);
    // One that ended meanwhile is not an error.
    for (const id of ids) {
      await connection.query(`KILL CONNECTION ${id}`).catch(() => {});
    }
    return ids.length === 0;
  });
}

export function describeSession({ id, command, seconds, statement, inTransaction }: Session): string {
  const doing = command === 'Sleep' ? 'idle' : 'running a statement';
  const transaction = inTransaction ? ' in a transaction' : '';
  const text = statement === null ? '' : `: ${statement.replaceAll(/\s+/g, ' ').trim()}`;
  return `connection ${id}: ${doing}${transaction} for ${seconds} s${text}`;
}
