import { type FaultProxy, openFaultProxy, targetOf } from '../shared/faults/fault-proxy.ts';
import { FaultWatch } from '../shared/faults/fault-watch.ts';
import { startServerFault } from '../shared/faults/server-fault.ts';
import { type ClientLine, parseClientList } from './clients.ts';
import { Connection } from './connection.ts';
import { empty, giveLeaseBack, type Lease, takeLease } from './lease.ts';
import type { RedisDatabase } from './redis-database.ts';
import { type ServerSession, urlOf } from './server-session.ts';

/** A leased database with the proxy that leads to it, and the testkit's own connection to it. */
export class LeasedDatabase {
  readonly lease: Lease;
  readonly #session: ServerSession;
  readonly #proxy: FaultProxy;
  #look: Promise<Connection> | undefined;
  #faults: FaultWatch | undefined;

  private constructor(session: ServerSession, lease: Lease, proxy: FaultProxy) {
    this.#session = session;
    this.lease = lease;
    this.#proxy = proxy;
  }

  static async take(session: ServerSession): Promise<LeasedDatabase> {
    const lease = await takeLease(session);
    const proxy = await openFaultProxy(targetOf(session.server.url, 6379));
    return new LeasedDatabase(session, lease, proxy);
  }

  /** The fixture of one test. */
  fixture(): RedisDatabase {
    const look = (words: readonly (string | number)[]) => this.look(words);
    const faults = new FaultWatch(this.#proxy);
    this.#faults = faults;
    return {
      url: this.#proxy.through(this.lease.url),
      command: async function command(...words) {
        try {
          return await look(words);
        } catch (error) {
          if (error instanceof Error) Error.captureStackTrace(error, command);
          throw error;
        }
      },
      fault: (name, options) => startServerFault(this.#proxy, name, options, faults),
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
    for (const { id } of clients) await this.#session.connection.send('CLIENT', 'KILL', 'ID', id);
  }

  /** The faults that the code under test never met. */
  unmetFaults(): string[] {
    return this.#faults?.unmet() ?? [];
  }

  /** Ends faults that the test left. */
  async mend(): Promise<void> {
    this.#proxy.slow(0);
    await this.#proxy.up();
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
