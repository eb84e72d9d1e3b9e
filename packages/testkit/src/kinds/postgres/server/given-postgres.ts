import pg from 'pg';
import { GivenServerError } from '../../../servers/given/given-server-error.ts';

/** How long the server may take to answer. */
const TIMEOUT_MS = 5000;

/**
 * Checks a PostgreSQL that was given by its URL.
 *
 * @returns Its version.
 * @throws {Error} when it does not answer, or its user is not a superuser.
 */
export async function inspectPostgres(url: string, variable: string): Promise<string> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: string; superuser: boolean; user: string }>(
      "SELECT split_part(current_setting('server_version'), ' ', 1) AS version, current_user AS user, current_setting('is_superuser') = 'on' AS superuser",
    );
    const row = rows[0];
    if (row === undefined) {
      throw new Error('it did not say its version');
    }
    if (row.superuser) {
      return row.version;
    }
    throw new GivenServerError(
      `${variable} names ${withoutPassword(url)}, but its user ${row.user} is not a superuser, and only a superuser may make the databases, roles and extensions of the tests. Put a superuser into the URL, or unset ${variable} so that the testkit starts a server.`,
    );
  } catch (cause) {
    if (cause instanceof GivenServerError) {
      throw cause;
    }
    throw new GivenServerError(
      `${variable} names ${withoutPassword(url)}, which gave no answer: ${(cause as Error).message}. Start that server, correct the URL, or unset ${variable} so that the testkit starts one.`,
      { cause },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function withoutPassword(url: string): string {
  try {
    const { host, pathname, username } = new URL(url);
    return `postgres://${username}@${host}${pathname}`;
  } catch {
    return 'something that is not a URL';
  }
}
