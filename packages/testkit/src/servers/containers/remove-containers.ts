import { sleep } from '@splitlevel/guards/originals';
import type { ContainerRuntimeClient } from 'testcontainers';

/** The label that says which daemon a container belongs to. */
export const DAEMON_LABEL = 'splitlevel.daemon';

/** How long the engine may take to remove a container. */
const TIMEOUT_MS = 10_000;
const POLL_MS = 50;

type Dockerode = ContainerRuntimeClient['container']['dockerode'];

/**
 * Removes the container of an id or name with its volumes, so that the name is free. One that is gone already
 * is not a failure.
 */
export async function removeContainer(dockerode: Dockerode, name: string): Promise<void> {
  const abortSignal = AbortSignal.timeout(TIMEOUT_MS);
  const container = dockerode.getContainer(name);
  for (;;) {
    try {
      await container.remove({ force: true, v: true, abortSignal });
      return;
    } catch (error) {
      const { statusCode } = error as { statusCode?: number };
      if (statusCode === 404) {
        return;
      }
      if (statusCode !== 409) {
        throw error;
      }
      // The engine is removing it, which keeps its name until then.
      await sleep(POLL_MS, undefined, { signal: abortSignal });
    }
  }
}

/** Removes all containers of a daemon, whatever their state. */
export async function removeContainersOf(dockerode: Dockerode, daemon: string): Promise<void> {
  const filters = { label: [`${DAEMON_LABEL}=${daemon}`] };
  const containers = await dockerode.listContainers({
    all: true,
    filters,
    abortSignal: AbortSignal.timeout(TIMEOUT_MS),
  });
  await Promise.all(containers.map(({ Id }) => removeContainer(dockerode, Id)));
}
