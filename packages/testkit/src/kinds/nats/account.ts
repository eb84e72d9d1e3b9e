import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { sleep } from '@splitlevel/guards/originals';
import { type Client, cidOf, clientsOf } from './clients-of.ts';
import { asUser, connectTo } from './connect-to.ts';

/** How long the server may take to see that connections are gone that were cut. */
const PARTING_MS = 5000;
const STEP_MS = 10;

/** An account that this process alone uses, with the testkit's own connection to it. */
export class Account {
  readonly number: number;
  /** Of its user, on the server itself. */
  readonly url: string;
  readonly #connection: NatsConnection;
  readonly #manager: JetStreamManager;

  private constructor(number: number, url: string, connection: NatsConnection, manager: JetStreamManager) {
    this.number = number;
    this.url = url;
    this.#connection = connection;
    this.#manager = manager;
  }

  /** @param leasesUrl of the user after whom those of the accounts are named. */
  static async open(leasesUrl: string, number: number): Promise<Account> {
    const url = asUser(leasesUrl, userOf(leasesUrl, number));
    const connection = await connectTo(url, 'the testkit');
    try {
      return new Account(number, url, connection, await jetstreamManager(connection));
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** The connected clients, without the testkit's own. */
  async others(except: readonly NatsConnection[] = []): Promise<Client[]> {
    const own = new Set([this.#connection, ...except].map(cidOf));
    return (await clientsOf(this.#connection)).filter(({ cid }) => !own.has(cid));
  }

  /** Waits until nobody else is connected, for a moment. Resolves with those who are. */
  async untilAlone(): Promise<Client[]> {
    for (let waited = 0; ; waited += STEP_MS) {
      const others = await this.others();
      if (others.length === 0 || waited >= PARTING_MS) {
        return others;
      }
      await sleep(STEP_MS);
    }
  }

  /** A line for each stream, with what it holds and what its consumers have not dealt with. */
  async describe(): Promise<string[]> {
    const lines: string[] = [];
    for await (const { config, state } of this.#manager.streams.list()) {
      lines.push(`stream ${config.name} (${config.subjects?.join(', ') ?? ''}): ${state.messages} messages`);
      for await (const { name, num_pending, num_ack_pending } of this.#manager.consumers.list(config.name)) {
        lines.push(
          `  consumer ${name}: ${num_pending} not delivered, ${num_ack_pending} delivered and not acknowledged`,
        );
      }
    }
    return lines;
  }

  /**
   * Deletes all streams, with their messages and consumers: key-value buckets and object stores are streams too.
   * @throws {Error} when something is left.
   */
  async clear(): Promise<void> {
    const names: string[] = [];
    for await (const name of this.#manager.streams.names()) {
      names.push(name);
    }
    await Promise.all(names.map((name) => this.#manager.streams.delete(name)));
    const { streams, consumers } = await this.#manager.getAccountInfo();
    if (streams + consumers === 0) {
      return;
    }
    throw new Error(`The account of ${new URL(this.url).username} was emptied, and has ${streams} streams again.`);
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }
}

/** The user of a numbered account. */
export function userOf(leasesUrl: string, number: number): string {
  return `${decodeURIComponent(new URL(leasesUrl).username)}-${number}`;
}
