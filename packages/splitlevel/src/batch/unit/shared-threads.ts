import { Writable } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { Worker } from 'node:worker_threads';
import {
  type PoolOptions,
  type PoolRunnerInitializer,
  type PoolTask,
  type TestProject,
  ThreadsPoolWorker,
} from 'vitest/node';
import type { Suite } from './messages.ts';

/** The name of the pool, for configurations. */
export const POOL = 'shared-threads';

/** How often threads are looked at, in milliseconds. */
const LOOK_MS = 1000;

/** The suite that a file is of. */
export type SuiteOf = (file: string) => Suite | undefined;

/** Takes what a thread does past Vitest while it runs a suite. */
export interface Listener {
  wrote(suite: Suite | undefined, text: string): void;
  /** Called once in a while for a file whose code does not block the thread. */
  waits(suite: Suite, file: string): void;
  /** Called when all that a file's run has printed is here. */
  finished(suite: Suite): void;
}

/**
 * Vitest's threads, shared by suites that have no module in common: whatever one of them leaves in a module, no other finds
 * it there.
 */
export function sharedThreads(suiteOf: SuiteOf, listener: Listener): PoolRunnerInitializer {
  return { name: POOL, createPoolWorker: (options) => new SharedThread(options, suiteOf, listener) };
}

class SharedThread extends ThreadsPoolWorker {
  override readonly name = POOL;
  readonly #environment: unknown;
  readonly #suiteOf: SuiteOf;
  readonly #listener: Listener;
  readonly #seen = new Set<string>();
  #current: Suite | undefined;
  #file = '';
  #watch: NodeJS.Timeout | undefined;

  constructor(options: PoolOptions, suiteOf: SuiteOf, listener: Listener) {
    const stream = new Writable({
      write: (chunk, _encoding, done) => {
        listener.wrote(this.#current, String(chunk));
        done();
      },
    });
    // Of the project, a thread asks only where to write.
    const project = { vitest: { logger: { outputStream: stream, errorStream: stream } } } as unknown as TestProject;
    super({ ...options, project });
    this.#environment = options.environment;
    this.#suiteOf = suiteOf;
    this.#listener = listener;
  }

  override async start(): Promise<void> {
    await super.start();
    if (this.#watch !== undefined) {
      return;
    }
    this.on('message', (message: { readonly type?: string } | undefined) => {
      const suite = this.#current;
      if (suite !== undefined && message?.type === 'testfileFinished') {
        setImmediate(() => this.#listener.finished(suite));
      }
    });
    let idle = 0;
    this.#watch = setInterval(() => {
      // Vitest keeps it for itself, and has no other way to ask.
      const { thread } = this as unknown as { readonly thread: Worker };
      const now = thread.performance.eventLoopUtilization().idle;
      if (this.#current !== undefined && now > idle) {
        this.#listener.waits(this.#current, this.#file);
      }
      idle = now;
    }, LOOK_MS).unref();
  }

  override async stop(): Promise<void> {
    clearInterval(this.#watch);
    this.#watch = undefined;
    await super.stop();
  }

  override send(message: Parameters<ThreadsPoolWorker['send']>[0]): void {
    if (message.type === 'run') {
      this.#file = message.context.files[0]?.filepath ?? '';
      this.#current = this.#suiteOf(this.#file);
      for (const source of this.#current?.sources ?? []) {
        this.#seen.add(source);
      }
    }
    super.send(message);
  }

  canReuse(task: PoolTask): boolean {
    const next = this.#suiteOf(task.context.files[0]?.filepath ?? '');
    const apart = next === this.#current || !next?.sources.some((source) => this.#seen.has(source));
    return apart && isDeepStrictEqual(task.context.environment, this.#environment);
  }
}
