import mysql from 'mysql2/promise';

const CONNECT_TIMEOUT_MS = 10_000;
/**
 * Longer than any statement of the testkit takes, so that the testkit does not hang with a server that
 * does.
 */
const STATEMENT_TIMEOUT_SECONDS = 120;
/** Nobody holds a lock on what the testkit changes, since what a test left open was ended. */
const LOCK_TIMEOUT_SECONDS = 10;

/** Values come as the server writes them, not as JavaScript's numbers and dates. */
const EXACT = { dateStrings: true, supportBigNumbers: true } as const;

/**
 * The connection of the superuser is not checked and changes nothing by itself: rows are put back as they were,
 * whatever the order of the tables.
 */
const SUPERUSER_SESSION = `SET SESSION sql_mode = 'NO_AUTO_VALUE_ON_ZERO', time_zone = '+00:00', foreign_key_checks = 0,
  check_constraint_checks = 0, max_statement_time = ${STATEMENT_TIMEOUT_SECONDS}, lock_wait_timeout = ${LOCK_TIMEOUT_SECONDS},
  innodb_lock_wait_timeout = ${LOCK_TIMEOUT_SECONDS}`;

/** A table's name, a column's or another identifier as it stands in a statement. */
export function identifier(...names: readonly string[]): string {
  return names.map((name) => `\`${name.replaceAll('`', '``')}\``).join('.');
}

/** One connection of the testkit itself. */
export class Connection {
  readonly #connection: mysql.Connection;
  readonly id: number;

  private constructor(connection: mysql.Connection) {
    this.#connection = connection;
    this.id = connection.threadId;
    // A connection that breaks while idle is told by the next query; unheard, the event would end the process.
    connection.on('error', () => {});
  }

  /** @throws {Error} of the server or the network. */
  static async open(url: string): Promise<Connection> {
    return new Connection(await mysql.createConnection({ uri: url, connectTimeout: CONNECT_TIMEOUT_MS, ...EXACT }));
  }

  /** A connection that may send several statements at once, and sets databases back. */
  static async openSuperuser(url: string): Promise<Connection> {
    const options = { uri: url, connectTimeout: CONNECT_TIMEOUT_MS, ...EXACT, multipleStatements: true };
    const connection = new Connection(await mysql.createConnection(options));
    await connection.query(SUPERUSER_SESSION);
    return connection;
  }

  /** Resolves with the rows; of statements that have none, with an empty list. */
  async query<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const [rows] = await this.#connection.query(sql, [...parameters]);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  }

  /** Sends statements in one go, of a superuser's connection. Resolves with the rows of each. */
  async batch(statements: readonly string[]): Promise<Record<string, unknown>[][]> {
    if (statements.length === 0) {
      return [];
    }
    const [results] = await this.#connection.query(statements.join(';\n'));
    const each = (statements.length === 1 ? [results] : results) as unknown[];
    return each.map((rows) => (Array.isArray(rows) ? (rows as Record<string, unknown>[]) : []));
  }

  /** Never throws, and waits for no answer: what is under way is broken off. */
  close(): void {
    this.#connection.destroy();
  }
}
