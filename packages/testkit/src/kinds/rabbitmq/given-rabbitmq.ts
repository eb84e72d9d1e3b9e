import { GivenServerError } from '../../servers/given/given-server-error.ts';
import { RabbitmqAdmin } from './rabbitmq-admin.ts';

interface Overview {
  readonly rabbitmq_version?: string;
}

interface Whoami {
  readonly name: string;
  /** A list, or before 3.10 a string. */
  readonly tags: readonly string[] | string;
}

/** Asks a RabbitMQ for its version. */
export async function readVersion(url: string): Promise<string> {
  const { rabbitmq_version: version } = (await new RabbitmqAdmin(url).ask('GET', '/overview')) as Overview;
  if (version === undefined) {
    throw new Error('its management API did not say its version');
  }
  return version;
}

/**
 * Checks a RabbitMQ that was given by its URL.
 *
 * @returns Its version.
 * @throws {Error} when its management API does not answer, or its user is not an administrator.
 */
export async function inspectRabbitmq(url: string, variable: string): Promise<string> {
  const name = withoutPassword(url);
  const remedy = `or unset ${variable} so that the testkit starts one.`;
  if (URL.parse(url)?.protocol !== 'amqp:') {
    throw new GivenServerError(`${variable} names ${name}. Give amqp://user:password@host:port, ${remedy}`);
  }
  try {
    const version = await readVersion(url);
    const { name: user, tags } = (await new RabbitmqAdmin(url).ask('GET', '/whoami')) as Whoami;
    if (tags.includes('administrator')) {
      return version;
    }
    throw new GivenServerError(
      `${variable} names ${name}, but its user ${user} is not an administrator, and only one may make the virtual hosts and users of the tests. Put an administrator into the URL, ${remedy}`,
    );
  } catch (cause) {
    if (cause instanceof GivenServerError) {
      throw cause;
    }
    throw new GivenServerError(
      `${variable} names ${name}, whose management API gave no answer: ${(cause as Error).message}. Start that server with the plugin rabbitmq_management; where the API is not at port 15672, say so: amqp://user:password@host:port/?management=PORT; ${remedy}`,
      { cause },
    );
  }
}

function withoutPassword(url: string): string {
  const { protocol, host, username } = URL.parse(url) ?? {};
  return host ? `${protocol}//${username ? `${username}@` : ''}${host}` : 'something that is not a URL';
}
