import { existsSync, readFileSync } from 'node:fs';
import { get } from 'node:http';

/** How long the engine may take to answer. */
const TIMEOUT_MS = 2000;

/**
 * Whether this process runs in a container of the engine behind a socket, so that ports which the engine publishes are
 * the host's and not this container's. Testcontainers guesses it from being in a container at all, and to find the host it
 * may pull an image.
 *
 * @param endpoint As in `DOCKER_HOST`.
 */
export async function runsInContainerOf(endpoint: string): Promise<boolean> {
  const id = existsSync('/.dockerenv') ? readOwnId() : undefined;
  if (id === undefined) {
    return false;
  }
  return new Promise((resolve) => {
    const options = { socketPath: new URL(endpoint).pathname, path: `/containers/${id}/json`, timeout: TIMEOUT_MS };
    const call = get({ ...options, agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    call.once('timeout', () => call.destroy());
    call.once('error', () => resolve(false));
  });
}

/** An engine mounts the files of a container's name from a folder that is named after the container. */
function readOwnId(): string | undefined {
  try {
    return /\/containers\/([0-9a-f]{64})\//.exec(readFileSync('/proc/self/mountinfo', 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}
