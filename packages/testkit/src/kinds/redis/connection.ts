import { originals } from '@splitlevel/guards/originals';
import { createClient } from 'redis';

/** Longer than any command of the testkit takes. */
const TIMEOUT_MS = 10_000;

/** One connection of the testkit itself, which ends with its first failure: what held on to it is then free. */
export class Connection {
  readonly #client: ReturnType<typeof createClient>;

  private constructor(client: ReturnType<typeof createClient>) {
    this.#client = client;
  }

  /**
   * @param name what CLIENT LIST shows
   * @throws {Error} of the server or the network
   */
  static async open(url: string, name: string): Promise<Connection> {
    const client = createClient({
      url,
      name,
      disableOfflineQueue: true,
      socket: { connectTimeout: TIMEOUT_MS, reconnectStrategy: false },
    });
    // A connection that breaks while idle is told by the next command; unheard, the event would end the process.
    client.on('error', () => {});
    await client.connect();
    return new Connection(client as ReturnType<typeof createClient>);
  }

  /** Sends a command in its words, and resolves with the reply. */
  async send(...words: readonly (string | number)[]): Promise<unknown> {
    const late = Promise.withResolvers<never>();
    const timer = originals.setTimeout(
      () => late.reject(new Error(`Redis did not answer ${words[0]} within ${TIMEOUT_MS / 1000} s`)),
      TIMEOUT_MS,
    );
    try {
      return await Promise.race([this.#client.sendCommand(words.map(String)), late.promise]);
    } finally {
      originals.clearTimeout(timer);
    }
  }

  /** Never throws, and waits for no answer. */
  close(): void {
    if (this.#client.isOpen) {
      this.#client.destroy();
    }
  }
}
