import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROUTES } from './report-routes.ts';

export const HOST = '127.0.0.1';
/** How long the service may take from its start to its first answer, in milliseconds. */
const START_TIMEOUT = 15_000;
/** How long the service may take to end once it was asked to, in milliseconds. */
const STOP_TIMEOUT = 12_000;

/** Called while a service runs. */
export interface ServiceEvents {
  /** It wrote a line. */
  readonly line: (line: string) => void;
  /** It listens, at first or again after a change of its source, with these routes. */
  readonly listening: (routes: readonly string[]) => void;
}

/** A service that starts again when its source changes. */
export class RunningService {
  readonly #child: ChildProcess;
  /** Resolves when it has ended. */
  readonly ended: Promise<unknown>;

  constructor(packageDirectory: string, environment: NodeJS.ProcessEnv, events: ServiceEvents) {
    const preload = join(import.meta.dirname, 'report-routes.ts');
    this.#child = spawn(process.execPath, ['--import', preload, '--watch', '--watch-preserve-output', 'src/main.ts'], {
      cwd: packageDirectory,
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.ended = once(this.#child, 'exit');
    createInterface({ input: this.#child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const routes = routesOf(line);
      if (routes === undefined) events.line(line);
      else events.listening(routes);
    });
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /**
   * Resolves when it answers that it is ready, or has ended.
   * @throws when it takes too long.
   */
  async ready(url: string): Promise<void> {
    const deadline = performance.now() + START_TIMEOUT;
    while (performance.now() < deadline && !this.hasEnded) {
      const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
      if (response?.ok) return;
      await sleep(100);
    }
    if (!this.hasEnded)
      throw new Error(`The service did not answer ${url}/health/ready within ${START_TIMEOUT / 1000} s.`);
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGTERM');
    const late = setTimeout(() => this.#child.kill('SIGKILL'), STOP_TIMEOUT);
    await this.ended;
    clearTimeout(late);
  }
}

function routesOf(line: string): readonly string[] | undefined {
  if (!line.startsWith(`{"${ROUTES}"`)) return undefined;
  return (JSON.parse(line) as { [ROUTES]: readonly string[] })[ROUTES];
}

/** @throws when something listens on the port already: `node --watch` would wait for a change instead of ending. */
export async function refuseTakenPort(name: string, port: number): Promise<void> {
  const probe = createServer().listen(port, HOST);
  const failure = await once(probe, 'listening').then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  probe.close();
  if (failure?.code === 'EADDRINUSE')
    throw new Error(
      `Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npx nx dev ${name}`,
    );
  if (failure) throw failure;
}
