import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** How many lines of a server's log are remembered. */
const REMEMBERED = 200;

/** The last lines of a server's log, and a way to wait for one. */
export class LogTail {
  readonly #lines: string[] = [];
  readonly #listeners = new Set<(line: string) => void>();

  constructor(...streams: Readable[]) {
    for (const stream of streams) {
      this.follow(stream);
    }
  }

  follow(stream: Readable): void {
    stream.on('error', () => undefined);
    createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })
      .on('line', (line) => this.#add(line))
      .on('error', () => undefined);
  }

  /** The last lines, at most as many as asked for. */
  last(count = REMEMBERED): string {
    return this.#lines.slice(-count).join('\n');
  }

  /** Resolves as soon as a line matches, one of those that are remembered included. */
  async waitFor(pattern: RegExp, signal: AbortSignal): Promise<void> {
    if (this.#lines.some((line) => pattern.test(line))) {
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const stop = () => {
        this.#listeners.delete(listen);
        signal.removeEventListener('abort', abort);
      };
      const listen = (line: string) => {
        if (!pattern.test(line)) {
          return;
        }
        stop();
        resolve();
      };
      const abort = () => {
        stop();
        reject(signal.reason);
      };
      this.#listeners.add(listen);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) {
        abort();
      }
    });
  }

  #add(line: string): void {
    this.#lines.push(line);
    if (this.#lines.length > REMEMBERED) {
      this.#lines.shift();
    }
    for (const listener of this.#listeners) {
      listener(line);
    }
  }
}
