import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from '@nats-io/jetstream';
import type { NatsConnection } from '@nats-io/transport-node';
import { cidOf, clientsOf } from './clients-of.ts';
import { connectTo } from './connect-to.ts';

const STREAM = 'TESTKIT_LEASES';
const SUBJECT = 'testkit.lease';

/** Another was quicker. Source: https://github.com/nats-io/nats-server/blob/main/server/errors.json */
const WRONG_LAST_SEQUENCE = 10071;

/**
 * Which of the numbered accounts are in use, on the server itself: a number is leased as long as the connection lives
 * whose client ID its message has. A process that is killed loses its leases with its connection.
 */
export class Leases {
  readonly #connection: NatsConnection;
  readonly #client: JetStreamClient;
  readonly #manager: JetStreamManager;

  private constructor(connection: NatsConnection, manager: JetStreamManager) {
    this.#connection = connection;
    this.#client = jetstream(connection);
    this.#manager = manager;
  }

  /** @param url of the user whose account has the leases. */
  static async open(url: string): Promise<Leases> {
    const connection = await connectTo(url, `testkit ${process.pid}`);
    try {
      const manager = await jetstreamManager(connection);
      await manager.streams.add({
        name: STREAM,
        subjects: [`${SUBJECT}.*`],
        storage: 'memory',
        max_msgs_per_subject: 1,
      });
      return new Leases(connection, manager);
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  /** Whether the leases are still held: their connection is never made again. */
  get areHeld(): boolean {
    return !this.#connection.isClosed();
  }

  /** Takes a number that nobody else has. Resolves with whether it did. */
  async take(account: number): Promise<boolean> {
    if (await this.#write(account, 0)) {
      return true;
    }
    const message = await this.#manager.streams.getMessage(STREAM, { last_by_subj: subjectOf(account) });
    if (message === null) {
      return this.#write(account, 0);
    }
    const { cid } = message.json<{ cid: number }>();
    // Asked for after the message was read: who is not there now has gone for good.
    const clients = await clientsOf(this.#connection);
    if (clients.some((client) => client.cid === cid)) {
      return false;
    }
    return this.#write(account, message.seq);
  }

  async giveBack(account: number): Promise<void> {
    await this.#manager.streams.purge(STREAM, { filter: subjectOf(account) });
  }

  async close(): Promise<void> {
    await this.#connection.close();
  }

  /** @param sequence of the message that is to be replaced; 0 if there is none. */
  async #write(account: number, sequence: number): Promise<boolean> {
    const lease = JSON.stringify({ cid: cidOf(this.#connection), pid: process.pid });
    try {
      await this.#client.publish(subjectOf(account), lease, { expect: { lastSubjectSequence: sequence } });
      return true;
    } catch (error) {
      if ((error as { code?: unknown }).code === WRONG_LAST_SEQUENCE) {
        return false;
      }
      throw error;
    }
  }
}

function subjectOf(account: number): string {
  return `${SUBJECT}.${account}`;
}
