import { diagnose } from '../../servers/acquire.ts';
import { server as mariadbServer } from './server/mariadb-server.ts';

/** Advice by the driver's code. Only where the cause lies outside of the code under test. */
const remedies: Readonly<Record<string, string>> = {
  ER_CON_COUNT_ERROR:
    'The MariaDB server has no connection left. Pools that tests open and do not close are the usual cause: use ' +
    'database.pool, or close yours when the test ends. Else give pools a smaller limit, or run fewer workers (--maxWorkers=2).',
  ER_RECORD_FILE_FULL:
    'The disk of the MariaDB server is full. A server of the testkit keeps its data in memory, of a stated size: let ' +
    'tests write less, or run fewer workers (--maxWorkers=2). For a server of your own, free space on it.',
  ER_BAD_DB_ERROR:
    'The database is gone: the server was started anew, or another run swept it as left behind. Run the tests again.',
};

/** The server went away, or was not there. */
const GONE = new Set(['PROTOCOL_CONNECTION_LOST', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** Causes of causes are looked at, but not for ever. */
const DEPTH = 5;

/**
 * Says what lies behind an error of MariaDB or of the way to it, and what to do.
 * @returns nothing for errors that are the code's own.
 */
export async function explainError(error: unknown): Promise<string | undefined> {
  let current = error as { code?: unknown; cause?: unknown } | undefined;
  for (let depth = 0; current && depth <= DEPTH; depth++) {
    const code = String(current.code);
    if (remedies[code] !== undefined) {
      return remedies[code];
    }
    if (GONE.has(code)) {
      return diagnose(mariadbServer).catch(() => undefined);
    }
    current = current.cause as typeof current;
  }
  return undefined;
}
