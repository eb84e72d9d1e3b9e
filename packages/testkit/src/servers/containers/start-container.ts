import {
  type ContainerRuntimeClient,
  getContainerRuntimeClient,
  getReaper,
  type StartedTestContainer,
  type WaitStrategy,
} from 'testcontainers';
import { kinds } from '../kinds/index.ts';
import type { Kind } from '../kinds/kind.ts';
import { LogTail } from '../log-tail.ts';
import { waitUntilReady } from '../readiness.ts';
import type { RunningServer, StartRequest } from '../running-server.ts';
import { LoopbackContainer } from './loopback-container.ts';

/** How long a server may take from the start of its container to readiness, in milliseconds. */
const READY_TIMEOUT = 60_000;

/** How long the engine may take to say how a container is, in milliseconds. */
const STATE_TIMEOUT = 2000;

/** How long the engine may take to remove a container, in milliseconds. */
const STOP_TIMEOUT = 10_000;

/** Starts a server in a container of the workspace's own name, which no two can have at a time. */
export async function startContainer(request: StartRequest): Promise<RunningServer> {
  const { kind: kindName, workspace, password } = request;
  const began = performance.now();
  const kind: Kind = kinds[kindName];
  const image = workspace.images[kindName];
  if (image === undefined) {
    throw new Error(`images.json in ${workspace.root} pins no image for ${kindName}. Add "${kindName}": "IMAGE:TAG".`);
  }
  const client = await connectToEngine();
  const engineHost = client.info.containerRuntime.host;
  const local = ['localhost', '127.0.0.1', '::1'].includes(engineHost);
  const host = local ? '127.0.0.1' : engineHost;
  const recipe = kind.container(password);
  const name = `splitlevel-${workspace.id}-${kindName}`;
  const log = new LogTail();
  const ended = new AbortController();
  const container = new LoopbackContainer(image, {
    hostIp: local ? host : undefined,
    log,
    onEnd: () => ended.abort(new Error('it ended')),
  })
    .withName(name)
    .withLabels({ 'splitlevel.workspace': workspace.id, 'splitlevel.kind': kindName })
    .withExposedPorts(recipe.port)
    .withCommand([...recipe.command])
    .withEnvironment(recipe.environment ?? {})
    .withTmpFs(recipe.tmpfs ?? {})
    .withWaitStrategy(
      whenReady((port, late) =>
        waitUntilReady(recipe.ready, kind.url(host, port, password), log, AbortSignal.any([ended.signal, late])),
      ),
    );
  if (recipe.user !== undefined) container.withUser(recipe.user);
  if (recipe.entrypoint !== undefined) container.withEntrypoint([...recipe.entrypoint]);
  await removeLeftover(name);
  const started = await orEnded(container.start(), ended.signal).catch(async (cause: Error) => {
    await removeLeftover(name).catch(() => undefined);
    throw new Error(`The ${kind.title} container did not start: ${cause.message}. It logged last:\n${log.last(20)}`, {
      cause,
    });
  });
  const url = kind.url(host, started.getMappedPort(recipe.port), password);
  const version = await kind.version(log.last(), url);
  return {
    server: { kind: kindName, url, version, source: 'container', identity: image },
    startedIn: performance.now() - began,
    state: () => containerState(started, name),
    stop: async () => {
      const removed = client.container.dockerode.getContainer(started.getId()).remove({ force: true, v: true });
      await withTimeout(removed, STOP_TIMEOUT, `The container ${name} was not removed`);
    },
  };
}

let engine: Promise<ContainerRuntimeClient> | undefined;

/** With the reaper, which removes the containers if this process is killed. Two calls at a time would start two. */
function connectToEngine(): Promise<ContainerRuntimeClient> {
  engine ??= getContainerRuntimeClient().then(async (client) => {
    await getReaper(client);
    return client;
  });
  engine.catch(() => {
    engine = undefined;
  });
  return engine;
}

/** A container of this name belongs to a keeper that was killed: this keeper holds the workspace's lock. */
async function removeLeftover(name: string): Promise<void> {
  const { container } = await getContainerRuntimeClient();
  try {
    await container.dockerode.getContainer(name).remove({ force: true, v: true });
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode !== 404) throw error;
  }
}

async function containerState(started: StartedTestContainer, name: string): Promise<string | undefined> {
  try {
    const { container } = await getContainerRuntimeClient();
    const inspection = container.dockerode.getContainer(started.getId()).inspect();
    const { State } = await withTimeout(inspection, STATE_TIMEOUT, 'the engine gave no answer');
    if (State.Running) return undefined;
    const reason = State.OOMKilled ? ', because the memory was used up' : '';
    return `Its container ${name} ended with status ${State.ExitCode}${reason}.`;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return `Its container ${name} was removed.`;
    return `The container engine no longer answers (${(error as Error).message}), so its container ${name} is out of reach. Start the engine, then run the tests again.`;
  }
}

/** Testcontainers waits ten seconds for the ports of a container that has ended. */
function orEnded<T>(starting: Promise<T>, ended: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    ended.addEventListener('abort', () => reject(ended.reason as Error), { once: true });
    starting.then(resolve, reject);
  });
}

function whenReady(ready: (port: number, late: AbortSignal) => Promise<void>): WaitStrategy {
  return {
    waitUntilReady: (_container, boundPorts) => ready(boundPorts.getFirstBinding(), AbortSignal.timeout(READY_TIMEOUT)),
    withStartupTimeout() {
      return this;
    },
    isStartupTimeoutSet: () => true,
    getStartupTimeout: () => READY_TIMEOUT,
  };
}

async function withTimeout<T>(promise: Promise<T>, milliseconds: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} within ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
