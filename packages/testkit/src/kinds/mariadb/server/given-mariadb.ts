import mysql from 'mysql2/promise';
import { GivenServerError } from '../../../servers/given/given-server-error.ts';

/** How long the server may take to answer. */
const TIMEOUT_MS = 5000;

/** The oldest long-term version that knows all that the testkit sends. */
const OLDEST_VERSION = [10, 6] as const;

/**
 * Checks a MariaDB that was given by its URL.
 *
 * @returns Its version.
 * @throws {Error} when it does not answer, is too old or no MariaDB, or its user may not make databases and users.
 */
export async function inspectMariadb(url: string, variable: string): Promise<string> {
  const named = `${variable} names ${withoutPassword(url)}`;
  let connection: mysql.Connection | undefined;
  try {
    connection = await mysql.createConnection({ uri: url, connectTimeout: TIMEOUT_MS });
    connection.on('error', () => undefined);
    const [[row]] = await connection.query<mysql.RowDataPacket[]>({
      sql: `SELECT VERSION() AS version, CURRENT_USER() AS user, EXISTS (
              SELECT * FROM information_schema.USER_PRIVILEGES
              WHERE GRANTEE = CONCAT("'", REPLACE(CURRENT_USER(), '@', "'@'"), "'")
                AND PRIVILEGE_TYPE = 'CREATE USER' AND IS_GRANTABLE = 'YES') AS mayGrant`,
      timeout: TIMEOUT_MS,
    });
    const [, version, major, minor] = /^((\d+)\.(\d+)(?:\.\d+)?)/.exec(String(row?.version)) ?? [];
    if (version === undefined || !/mariadb/i.test(String(row?.version))) {
      throw new GivenServerError(
        `${named}, which is not MariaDB but says that it is ${row?.version}. Give a MariaDB ${OLDEST_VERSION.join('.')} or newer, or unset ${variable} so that the testkit starts one.`,
      );
    }
    if (Number(major) * 1000 + Number(minor) < OLDEST_VERSION[0] * 1000 + OLDEST_VERSION[1]) {
      throw new GivenServerError(
        `${named}, which is version ${version}; the testkit needs ${OLDEST_VERSION.join('.')} or newer. Give a newer one, or unset ${variable} so that the testkit starts one.`,
      );
    }
    if (Number(row?.mayGrant) === 1) {
      return version;
    }
    throw new GivenServerError(
      `${named}, but its user ${row?.user} may not make the databases and users of the tests. Give one that has ALL PRIVILEGES ON *.* WITH GRANT OPTION, or unset ${variable} so that the testkit starts a server.`,
    );
  } catch (cause) {
    if (cause instanceof GivenServerError) {
      throw cause;
    }
    throw new GivenServerError(
      `${named}, which gave no answer: ${messageOf(cause as NodeJS.ErrnoException)}. Start that server, correct the URL, or unset ${variable} so that the testkit starts one.`,
      { cause },
    );
  } finally {
    connection?.destroy();
  }
}

/** The driver's error of a refused connection may have a code and no message. */
function messageOf({ message, code }: NodeJS.ErrnoException): string {
  return message || code || 'for no reason that the driver says';
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname, username } = new URL(url);
    return `mysql://${username}@${host}${pathname}`;
  } catch {
    return 'something that is not a URL';
  }
}
