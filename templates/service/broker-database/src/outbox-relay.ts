import { setTimeout as pause } from 'node:timers/promises';

/** How often is looked for what other instances left, in milliseconds. */
const idleMs = 1000;
const firstDelayMs = 100;
const longestDelayMs = 2000;

/** Publishes what is in the outbox: at once after `wake`, and every second; after a failure again after a growing delay. */
export class OutboxRelay {
  readonly #publish: (signal: AbortSignal) => Promise<boolean>;
  readonly #onFailure: (error: unknown) => void;
  readonly #wait: (milliseconds: number, value: undefined, options: { signal: AbortSignal }) => Promise<void>;
  readonly #stopping = new AbortController();
  #alarm = new AbortController();
  #running: Promise<void> | undefined;

  /** @param publish publishes some, in order, and resolves with whether there may be more */
  constructor(
    publish: (signal: AbortSignal) => Promise<boolean>,
    onFailure: (error: unknown) => void,
    wait: (milliseconds: number, value: undefined, options: { signal: AbortSignal }) => Promise<void> = pause,
  ) {
    this.#publish = publish;
    this.#onFailure = onFailure;
    this.#wait = wait;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Something was committed. While the broker fails it waits for the next attempt all the same. */
  wake(): void {
    this.#alarm.abort();
  }

  /** Finishes what is being published; what is left is for the next start, or another instance. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    let failures = 0;
    while (!signal.aborted) {
      this.#alarm = new AbortController();
      try {
        const more = await this.#publish(signal);
        failures = 0;
        if (!more) {
          await this.#rest(idleMs, AbortSignal.any([signal, this.#alarm.signal]));
        }
      } catch (error) {
        this.#onFailure(error);
        await this.#rest(Math.min(longestDelayMs, firstDelayMs * 2 ** failures), signal);
        failures += 1;
      }
    }
  }

  async #rest(milliseconds: number, signal: AbortSignal): Promise<void> {
    await this.#wait(milliseconds, undefined, { signal }).catch(() => undefined);
  }
}
