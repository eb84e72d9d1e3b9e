import { type FaultProxy, openFaultProxy, targetOf } from '../shared/faults/fault-proxy.ts';
import { ServerFaults } from '../shared/faults/server-faults.ts';
import { type ClientLine, parseClientList } from './clients.ts';
import { Connection } from './connection.ts';
import { empty, giveLeaseBack, type Lease, takeLease } from './lease.ts';
import type { RedisDatabase } from './redis-database.ts';
import { type ServerSession, urlOf } from './server-session.ts';

/** A leased database with the proxy that leads to it, and the testkit's own connection to it. */
export class LeasedDatabase {
  readonly lease: Lease;
  readonly #session: ServerSession;
  readonly faults: ServerFaults;
  readonly #proxy: FaultProxy;
  #look: Promise<Connection> | undefined;

  private constructor(session: ServerSession, lease: Lease, proxy: FaultProxy) {
    this.#session = session;
    this.lease = lease;
    this.#proxy = proxy;
    this.faults = new ServerFaults(proxy);
  }

  static async take(session: ServerSession): Promise<LeasedDatabase> {
    const lease = await takeLease(session);
    const proxy = await openFaultProxy(targetOf(session.server.url, 6379));
    return new LeasedDatabase(session, lease, proxy);
  }

  /** The fixture of one test. */
  fixture(): RedisDatabase {
    const look = (words: readonly (string | number)[]) => this.look(words);
    return {
      url: this.#proxy.through(this.lease.url),
      command: async function command(...words) {
        try {
          return await look(words);
        } catch (error) {
          if (error instanceof Error) {
            Error.captureStackTrace(error, command);
          }
          throw error;
        }
      },
      fault: this.faults.begin(),
    };
  }

  /** By a connection of the testkit, which no fault concerns. */
  async look(words: readonly (string | number)[]): Promise<unknown> {
    this.#look ??= Connection.open(urlOf(this.#session.server.url, this.lease.database), "the-test's-own-command");
    this.#look.catch(() => {
      this.#look = undefined;
    });
    return (await this.#look).send(...words);
  }

  /** The connections of the code under test. */
  async clients(): Promise<ClientLine[]> {
    const clients = parseClientList(String(await this.#session.connection.send('CLIENT', 'LIST')));
    return clients.filter(({ user }) => user === this.lease.user);
  }

  /** Ends connections of the code under test. */
  async kill(clients: readonly ClientLine[]): Promise<void> {
    for (const { id } of clients) {
      await this.#session.connection.send('CLIENT', 'KILL', 'ID', id);
    }
  }

  empty(): Promise<void> {
    return empty(this.#session, this.lease);
  }

  /** Gives the database back, without connections and keys. */
  async close(): Promise<void> {
    await this.#proxy.close();
    (await this.#look?.catch(() => undefined))?.close();
    await giveLeaseBack(this.#session, this.lease);
  }
}
