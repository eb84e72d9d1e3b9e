import type { StartedTestContainer, WaitStrategy } from 'testcontainers';
import { LogTail } from '../log-tail.ts';
import { waitUntilReady } from '../readiness.ts';
import type { RunningServer, StartRequest } from '../running-server.ts';
import { connectToEngine, type Engine, NoEngineError } from './engine-client.ts';
import { findEngine } from './find-engine.ts';
import { findPreparedImage, makePreparedImage } from './prepared-image.ts';
import { pullImage } from './pull-image.ts';
import { reaperLabel, startReaper } from './reaper.ts';
import { DAEMON_LABEL, removeContainer } from './remove-containers.ts';
import { ServerContainer } from './server-container.ts';

/** How long a server may take from the start of its container to readiness: the slowest takes a minute on a busy machine. */
const READY_TIMEOUT_MS = 180_000;

/** How long the engine may take to say how a container is. */
const STATE_TIMEOUT_MS = 1500;

/**
 * Starts a server in a container of the workspace's own name, which no two can have at a time.
 *
 * @throws {Error} when no engine answers, the image cannot be had, or the server does not get ready: with its last words.
 */
export async function startContainer(request: StartRequest): Promise<RunningServer> {
  const began = performance.now();
  const engine = await connectToEngine();
  request.onEngine(engine.endpoint);
  try {
    // Ryuk starts meanwhile: until it knows, the clean-up alone removes what a daemon that is killed would leave.
    const [running] = await Promise.all([start(engine, request), startReaper(engine, request)]);
    return { ...running, startedIn: performance.now() - began };
  } catch (cause) {
    const { endpoint, looked } = await findEngine();
    if (endpoint === undefined) {
      throw new NoEngineError(looked, { cause });
    }
    throw cause;
  }
}

async function start(engine: Engine, request: StartRequest): Promise<RunningServer> {
  const { kind, workspace, daemon } = request;
  const { dockerode } = engine.client.container;
  const image = workspace.images[kind.name];
  if (image === undefined) {
    throw new Error(
      `images.json in ${workspace.root} pins no image for ${kind.name}. Add "${kind.name}": "IMAGE:TAG".`,
    );
  }
  await pullImage(engine.client, image, request.progress);
  const prepared = kind.prepare && (await findPreparedImage(engine, image, kind.name, kind.prepare));
  const password = prepared?.password ?? request.password;
  const recipe = kind.container(password);
  const name = `splitlevel-${workspace.id}-${kind.name}`;
  const log = new LogTail();
  const ended = new AbortController();
  const container = new ServerContainer(prepared?.name ?? image, log, () => ended.abort(new Error('it ended')))
    .withName(name)
    .withLabels({ ...reaperLabel(daemon), [DAEMON_LABEL]: daemon })
    .withLabels({ 'splitlevel.workspace': workspace.id, 'splitlevel.kind': kind.name })
    .withAutoCleanup(false)
    .withExposedPorts(recipe.port, ...(recipe.adminPort === undefined ? [] : [recipe.adminPort]))
    .withCommand([...recipe.command])
    .withEnvironment(recipe.environment ?? {})
    .withTmpFs(recipe.tmpfs ?? {})
    .withWaitStrategy(
      whenReady((port, late) =>
        waitUntilReady(kind.ready, kind.url(engine.host, port, password), log, AbortSignal.any([ended.signal, late])),
      ),
    );
  if (recipe.user !== undefined) {
    container.withUser(recipe.user);
  }
  if (recipe.entrypoint !== undefined) {
    container.withEntrypoint([...recipe.entrypoint]);
  }
  // One that has the name belongs to a daemon that was killed: this one holds the workspace's lock.
  await removeContainer(dockerode, name);
  const started = await orEnded(container.start(), ended.signal).catch(async (cause: Error) => {
    await removeContainer(dockerode, name).catch(() => undefined);
    const words = log.last(20);
    const said = words === '' ? 'It said nothing.' : `It said last:\n${words}`;
    throw new Error(`The container of ${kind.title} (${image}) did not start: ${cause.message}. ${said}`, { cause });
  });
  const adminPort = recipe.adminPort && started.getMappedPort(recipe.adminPort);
  const url = kind.url(engine.host, started.getMappedPort(recipe.port), password, adminPort);
  const version = await kind.version(log.last(), url);
  return {
    server: { kind: kind.name, url, version, source: 'container', identity: image },
    startedIn: 0,
    isGone: () => ended.signal.aborted,
    state: () => state(engine, started, `The container ${name} of ${kind.title}`, log),
    stop: () => removeContainer(dockerode, started.getId()),
    prepareNext: async () => {
      if (kind.prepare && prepared === undefined) {
        await makePreparedImage(engine, image, kind.prepare, request);
      }
    },
  };
}

async function state(
  { client }: Engine,
  started: StartedTestContainer,
  subject: string,
  log: LogTail,
): Promise<string | undefined> {
  try {
    const container = client.container.dockerode.getContainer(started.getId());
    const { State } = await container.inspect({ abortSignal: AbortSignal.timeout(STATE_TIMEOUT_MS) });
    if (State.Running) {
      return undefined;
    }
    return `${subject} ended with status ${State.ExitCode}. It said last:\n${log.last(10)}`;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) {
      return `${subject} ended or was removed. It said last:\n${log.last(10)}`;
    }
    return `${subject} is out of reach: the container engine does not answer any more (${(error as Error).message}). Start the engine, then run the tests again.`;
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
    waitUntilReady: (_container, boundPorts) =>
      ready(boundPorts.getFirstBinding(), AbortSignal.timeout(READY_TIMEOUT_MS)),
    withStartupTimeout() {
      return this;
    },
    isStartupTimeoutSet: () => true,
    getStartupTimeout: () => READY_TIMEOUT_MS,
  };
}
