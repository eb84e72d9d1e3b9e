import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROUTES } from './report-routes.ts';
import { siblingModule } from './sibling-module.ts';
import { sourceFolders } from './source-folders.ts';
import { readContents, watchFiles } from './watch-files.ts';

export const HOST = '127.0.0.1';
/** How long the service may take from its start to its first answer. */
const START_TIMEOUT_MS = 15_000;
/** How long the service may take to end once it was asked to. */
const STOP_TIMEOUT_MS = 12_000;

/** Tests: the service runs none. */
const NOT_RUN = /\.test\.[cm]?ts$/;

/** Called while a service runs. */
export interface ServiceEvents {
  /** It wrote a line. */
  readonly line: (line: string) => void;
  /** It listens, at first or again after a change of its source, with these routes. */
  readonly listening: (routes: readonly string[]) => void;
  /** It ended by itself, in this way: `with code 1`. */
  readonly ended: (how: string) => void;
  /** Whether its environment is about to be another, so that a change of its source waits for `resume`. */
  readonly isOutdated: () => boolean;
}

/**
 * A service that starts again when its source changes. Files are followed by path: `node --watch` loses one that is
 * replaced by a rename, as editors and generators do.
 */
export class RunningService {
  readonly #directory: string;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #events: ServiceEvents;
  readonly #unwatch: () => void;
  #child: ChildProcess;
  #started = 0;
  #stopping = false;
  /** Whether a change of its source waits. */
  #waiting = false;
  readonly #stopped = Promise.withResolvers<void>();
  /** Resolves when it was stopped. */
  readonly stopped = this.#stopped.promise;

  constructor(packageDirectory: string, environment: NodeJS.ProcessEnv, events: ServiceEvents) {
    this.#directory = packageDirectory;
    this.#environment = environment;
    this.#events = events;
    const folders = sourceFolders(packageDirectory);
    const source = readContents(...folders);
    this.#child = this.#start();
    this.#unwatch = watchFiles(folders, source, async (files) => {
      if (!files.some((file) => !NOT_RUN.test(file))) {
        return;
      }
      this.#waiting = true;
      if (!events.isOutdated()) {
        await this.resume();
      }
    });
  }

  get isStopping(): boolean {
    return this.#stopping;
  }

  /**
   * Resolves when it answers that it is ready, or is stopped. Where it ends, the next change of its source is waited
   * for.
   * @throws {Error} when it runs and takes too long.
   */
  async ready(url: string): Promise<void> {
    while (!this.#stopping) {
      const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
      if (response?.ok) {
        return;
      }
      if (!hasEnded(this.#child) && performance.now() > this.#started + START_TIMEOUT_MS) {
        throw new Error(`The service did not answer ${url}/health/ready within ${START_TIMEOUT_MS / 1000} s.`);
      }
      await sleep(100);
    }
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    this.#unwatch();
    await end(this.#child);
    this.#stopped.resolve();
  }

  /** Starts it again if a change of its source waits. */
  async resume(): Promise<void> {
    if (!this.#waiting) {
      return;
    }
    this.#waiting = false;
    await end(this.#child);
    if (!this.#stopping) {
      this.#child = this.#start();
    }
  }

  #start(): ChildProcess {
    const preload = siblingModule(import.meta.dirname, 'report-routes');
    const child = spawn(process.execPath, ['--import', preload, 'src/main.ts'], {
      cwd: this.#directory,
      env: this.#environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#started = performance.now();
    createInterface({ input: child.stdout }).on('line', (line) => {
      const routes = routesOf(line);
      if (routes === undefined) {
        this.#events.line(line);
      } else {
        this.#events.listening(routes);
      }
    });
    child.once('exit', (code, signal) => {
      if (!asked.has(child)) {
        this.#events.ended(signal === null ? `with code ${code}` : `by ${signal}`);
      }
    });
    return child;
  }
}

/** The processes that were asked to end. */
const asked = new WeakSet<ChildProcess>();

async function end(child: ChildProcess): Promise<void> {
  asked.add(child);
  if (hasEnded(child)) {
    return;
  }
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await ended;
  clearTimeout(late);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function routesOf(line: string): readonly string[] | undefined {
  if (!line.startsWith(`{"${ROUTES}"`)) {
    return undefined;
  }
  return (JSON.parse(line) as { [ROUTES]: readonly string[] })[ROUTES];
}

/**
 * @throws {Error} when something listens on the port already: the service would end, and a change of its source is
 * waited for in vain.
 */
export async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer().listen(port, HOST);
  const failure = await once(probe, 'listening').then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  probe.close();
  if (failure?.code === 'EADDRINUSE') {
    throw new Error(`Port ${port} is taken. Stop what listens there, or choose another, such as PORT=${port + 1}.`);
  }
  if (failure) {
    throw failure;
  }
}
