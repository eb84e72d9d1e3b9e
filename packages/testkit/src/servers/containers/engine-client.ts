import { type ContainerRuntimeClient, getContainerRuntimeClient } from 'testcontainers';
import { noEngine } from '../prerequisites/unavailable.ts';
import { findEngine } from './find-engine.ts';
import { runsInContainerOf } from './own-container.ts';
import { publishOnLoopbackOnly } from './server-container.ts';

/** The engine, and how its containers are reached. */
export interface Engine {
  readonly client: ContainerRuntimeClient;
  /** As in `DOCKER_HOST`. */
  readonly endpoint: string;
  /** Where published ports are found: the loopback interface, unless the engine is remote. */
  readonly host: string;
}

/** No engine answers. */
export class NoEngineError extends Error {
  /** @param looked Where was looked, and what was found. */
  constructor(looked: string, options?: ErrorOptions) {
    super(noEngine(looked), options);
  }
}

let engine: Promise<Engine> | undefined;

/**
 * Connects Testcontainers to the engine that answers. One engine per process, as in Testcontainers itself.
 *
 * @throws {Error} when none answers: where was looked, and what to do.
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
    throw new NoEngineError(looked);
  }
  process.env.DOCKER_HOST = endpoint;
  if (endpoint.startsWith('unix:') && !(await runsInContainerOf(endpoint))) {
    process.env.TESTCONTAINERS_HOST_OVERRIDE ??= '127.0.0.1';
  }
  const client = await getContainerRuntimeClient();
  const { host } = client.info.containerRuntime;
  if (!['localhost', '127.0.0.1'].includes(host)) {
    return { client, endpoint, host };
  }
  publishOnLoopbackOnly();
  return { client, endpoint, host: '127.0.0.1' };
}
