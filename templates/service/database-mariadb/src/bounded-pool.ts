import type { MysqlPool, MysqlPoolConnection } from 'kysely';
import type { Pool, PoolConnection } from 'mysql2';
import { UnavailableError } from './errors.ts';

/** The time that the server may take beyond a statement's limit, before it is taken for gone. */
const graceMs = 1000;

/** A pool of mysql2, whose own waits for a connection and for an answer have no end, with one to each. */
export function boundedPool(pool: Pick<Pool, 'getConnection' | 'end'>, timeoutMs: number): MysqlPool {
  return {
    getConnection(callback) {
      let isLate = false;
      const refuse = (cause?: unknown) =>
        // Kysely looks at the connection only where there is no error.
        callback(new UnavailableError('the database gave no connection', { cause }), undefined as never);
      const timer = setTimeout(() => {
        isLate = true;
        refuse();
      }, timeoutMs);
      pool.getConnection((error, connection) => {
        clearTimeout(timer);
        if (isLate) {
          return connection?.release();
        }
        if (error) {
          return refuse(error);
        }
        callback(null, boundedConnection(connection, timeoutMs + graceMs));
      });
    },
    end: (callback) => pool.end(callback),
  };
}

function boundedConnection(connection: PoolConnection, timeout: number): MysqlPoolConnection {
  return {
    config: connection.config,
    threadId: connection.threadId,
    connect: (callback) => connection.connect(callback),
    destroy: () => connection.destroy(),
    release: () => connection.release(),
    query: (sql: string, values: unknown[], callback?: (error: unknown, result: never) => void) =>
      connection.query({ sql, values, timeout }, (error, result) => {
        // Its answer may come yet, and would be taken for that of the next statement.
        if (error?.code === 'PROTOCOL_SEQUENCE_TIMEOUT') {
          connection.destroy();
        }
        callback?.(error, result as never);
      }),
  };
}
