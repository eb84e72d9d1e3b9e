import { GivenServerError } from '../../servers/given/given-server-error.ts';
import { Account, userOf } from './account.ts';
import { clientsOf } from './clients-of.ts';
import { addressOf, connectTo } from './connect-to.ts';

/**
 * Checks a NATS that was given by its URL.
 *
 * @returns Its version.
 * @throws {Error} when it does not answer, or has no JetStream or no accounts for the tests.
 */
export async function inspectNats(url: string, variable: string): Promise<string> {
  const names = `${variable} names ${withoutPassword(url)}`;
  const unset = `or unset ${variable} so that the testkit starts one`;
  const connection = await connectTo(url, 'the testkit').catch((cause: Error) => {
    throw new GivenServerError(
      `${names}, which cannot be used: ${cause.message}. Start that server, correct the URL, ${unset}.`,
      { cause },
    );
  });
  try {
    const { version, jetstream, cluster } = connection.info as {
      version: string;
      jetstream?: boolean;
      cluster?: string;
    };
    if (jetstream !== true) {
      throw new GivenServerError(`${names}, which runs without JetStream. Turn it on, ${unset}.`);
    }
    if (cluster !== undefined) {
      throw new GivenServerError(
        `${names}, which is part of the cluster ${cluster}; the tests need a server that stands alone. Give one, ${unset}.`,
      );
    }
    await clientsOf(connection);
    await (await Account.open(url, 1)).close();
    return version;
  } catch (cause) {
    if (cause instanceof GivenServerError) {
      throw cause;
    }
    throw new GivenServerError(
      `${names}, but ${userOf(url, 1)} cannot use it: ${(cause as Error).message}. The tests need accounts with JetStream: one of the user in the URL, and one each of ${userOf(url, 1)}, ${userOf(url, 2)} and so on, with the same password. Add them to the server's configuration, ${unset}.`,
      { cause },
    );
  } finally {
    await connection.close();
  }
}

function withoutPassword(url: string): string {
  try {
    const { host, port, user } = addressOf(url);
    return `nats://${user}@${host}:${port}`;
  } catch {
    return 'something that is not a URL of NATS with user and password';
  }
}
