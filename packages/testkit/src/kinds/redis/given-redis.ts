import { createClient } from 'redis';
import { GivenServerError } from '../../servers/given/given-server-error.ts';

/** How long the server may take to answer. */
const TIMEOUT_MS = 5000;

/** Before this version users cannot be kept from single subcommands. */
const OLDEST_VERSION = 7;

/**
 * Checks a Redis that was given by its URL.
 *
 * @returns Its version.
 * @throws {Error} when it does not answer, is too old, is a cluster, which has one database only, or its user may make
 * no users.
 */
export async function inspectRedis(url: string, variable: string): Promise<string> {
  const name = withoutPassword(url);
  const remedy = `or unset ${variable} so that the testkit starts one.`;
  if (URL.parse(url)?.protocol !== 'redis:') {
    throw new GivenServerError(`${variable} names ${name}. Give redis://user:password@host:port, ${remedy}`);
  }
  const client = createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: TIMEOUT_MS, reconnectStrategy: false },
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const problem = await findProblem(client.sendCommand.bind(client));
    if (typeof problem === 'object') {
      return problem.version;
    }
    throw new GivenServerError(`${variable} names ${name}, but ${problem}, ${remedy}`);
  } catch (cause) {
    if (cause instanceof GivenServerError) {
      throw cause;
    }
    throw new GivenServerError(
      `${variable} names ${name}, which gave no answer: ${(cause as Error).message}. Start that server, correct the URL, ${remedy}`,
      { cause },
    );
  } finally {
    client.destroy();
  }
}

/** A sentence without its end, or the version. */
async function findProblem(send: (command: string[]) => Promise<unknown>): Promise<string | { version: string }> {
  const info = String(await send(['INFO']));
  const version = /^redis_version:(\S+)/m.exec(info)?.[1] ?? '0';
  if (Number.parseInt(version, 10) < OLDEST_VERSION) {
    return `its version is ${version}, and the testkit needs ${OLDEST_VERSION} or newer. Give a newer one`;
  }
  if (/^cluster_enabled:1/m.test(info)) {
    return 'it is a cluster, which has one database only. Give a server outside a cluster';
  }
  const user = String(await send(['ACL', 'WHOAMI']).catch(() => ''));
  const allowed = await send(['ACL', 'DRYRUN', user, 'ACL', 'SETUSER', 'splitlevel']).catch((error: Error) => error);
  if (String(allowed) === 'OK') {
    return { version };
  }
  return `its user ${user || '(unknown)'} may not make the users of the tests. Put one into the URL that may run all commands`;
}

function withoutPassword(url: string): string {
  const { protocol, host, pathname, username } = URL.parse(url) ?? {};
  return host ? `${protocol}//${username ? `${username}@` : ''}${host}${pathname}` : 'something that is not a URL';
}
