import pg from 'pg';
import { leavePool } from '../../shared/requests/pool-problems.ts';
import { freshenSession } from './fresh-session.ts';
import { watch } from './watch-pools.ts';

/** A pool as the code under test knows it, whose sessions can be set back. */
export class FreshPool extends pg.Pool {
  readonly #used = new Set<pg.PoolClient>();
  readonly #all = new Set<pg.PoolClient>();
  /** How many listeners the testkit has itself. */
  readonly #listeners: number;

  constructor(url: string) {
    super({ connectionString: url });
    // The testkit ends sessions that tests leave open; unheard, the event would end the process.
    this.on('error', () => {});
    this.on('connect', (client) => {
      this.#all.add(client);
      client.on('error', () => {});
    });
    this.on('acquire', (client) => this.#used.add(client));
    // A client that is given back with an error is closed, which takes a moment.
    this.on('release', (error, client) => error && this.#used.delete(client));
    this.on('remove', (client) => {
      this.#all.delete(client);
      this.#used.delete(client);
    });
    watch(this);
    leavePool(this);
    this.#listeners = this.listenerCount('connect');
  }

  /**
   * Whether the code under test prepares each of its sessions when it is opened, by settings that it is meant to keep.
   */
  get isPreparedByCode(): boolean {
    return this.listenerCount('connect') > this.#listeners;
  }

  /** Its sessions, by pid, whether they are out or not. */
  get pids(): number[] {
    return [...this.#all].flatMap((client) => (client as { processID?: number }).processID ?? []);
  }

  /**
   * Sets back the sessions that were used since the last call; none may be out.
   * @returns what they held, a line each.
   * @throws {Error} of the server when a session cannot be set back.
   */
  async freshen(): Promise<string[]> {
    const used = [...this.#used];
    this.#used.clear();
    const settings = !this.isPreparedByCode;
    const held = await Promise.all(used.map((client) => freshenSession(client, { settings })));
    return held.flat();
  }
}
