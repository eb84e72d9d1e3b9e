import pg from 'pg';

/**
 * Puts a session back as a new one, as far as it can be told apart, but keeps its prepared statements, which the driver
 * believes to be there. DISCARD SEQUENCES forgets values that a sequence with CACHE gave the session in advance.
 */
export const FRESH_SESSION =
  'SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES';

/** A pool as the code under test knows it, whose sessions can be set back. */
export class FreshPool extends pg.Pool {
  readonly #used = new Set<pg.PoolClient>();

  constructor(url: string) {
    super({ connectionString: url });
    // The testkit ends sessions that tests leave open; unheard, the event would end the process.
    this.on('error', () => {});
    this.on('connect', (client) => client.on('error', () => {}));
    this.on('acquire', (client) => this.#used.add(client));
    this.on('remove', (client) => this.#used.delete(client));
  }

  /** Sets back the sessions that were used since the last call; none may be out. */
  async freshen(): Promise<void> {
    const used = [...this.#used];
    this.#used.clear();
    await Promise.all(used.map((client) => client.query(FRESH_SESSION)));
  }
}
