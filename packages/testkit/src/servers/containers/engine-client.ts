import { type ContainerRuntimeClient, getContainerRuntimeClient } from 'testcontainers';
import { findEngine } from '../engine.ts';
import { publishOnLoopbackOnly } from './server-container.ts';

/** The engine, and how its containers are reached. */
export interface Engine {
  readonly client: ContainerRuntimeClient;
  /** As in `DOCKER_HOST`. */
  readonly endpoint: string;
  /** Where published ports are found: the loopback interface, unless the engine is remote. */
  readonly host: string;
}

let engine: Promise<Engine> | undefined;

/**
 * Connects Testcontainers to the engine that answers. One engine per process, as in Testcontainers itself.
 *
 * @throws When none answers: where was looked, and what to do.
 */
export function connectToEngine(): Promise<Engine> {
  engine ??= connect();
  engine.catch(() => {
    engine = undefined;
  });
  return engine;
}

async function connect(): Promise<Engine> {
  const { endpoint, looked } = await findEngine();
  if (endpoint === undefined) {
    throw new Error(
      `Servers were to be started in containers, but no container engine answers (${looked}). Start the engine or correct its address, or set TESTKIT_RUNTIME=embedded to do without.`,
    );
  }
  process.env['DOCKER_HOST'] = endpoint;
  const client = await getContainerRuntimeClient();
  const { host } = client.info.containerRuntime;
  if (!['localhost', '127.0.0.1'].includes(host)) return { client, endpoint, host };
  publishOnLoopbackOnly();
  return { client, endpoint, host: '127.0.0.1' };
}
