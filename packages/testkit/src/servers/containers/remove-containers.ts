import type { ContainerRuntimeClient } from 'testcontainers';

/** The label that says which keeper a container belongs to. */
export const KEEPER_LABEL = 'splitlevel.keeper';

/** How long the engine may take to remove a container, in milliseconds. */
const TIMEOUT = 10_000;

type Dockerode = ContainerRuntimeClient['container']['dockerode'];

/** Removes the container of an id or name with its volumes; one that is gone already is none to worry about. */
export async function removeContainer(dockerode: Dockerode, name: string): Promise<void> {
  const abortSignal = AbortSignal.timeout(TIMEOUT);
  try {
    await dockerode.getContainer(name).remove({ force: true, v: true, abortSignal });
  } catch (error) {
    // 404: there is none. 409: the engine is removing it.
    if (![404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) throw error;
  }
}

/** Removes all containers of a keeper, whatever their state. */
export async function removeContainersOf(dockerode: Dockerode, keeper: string): Promise<void> {
  const filters = { label: [`${KEEPER_LABEL}=${keeper}`] };
  const containers = await dockerode.listContainers({ all: true, filters, abortSignal: AbortSignal.timeout(TIMEOUT) });
  await Promise.all(containers.map(({ Id }) => removeContainer(dockerode, Id)));
}
