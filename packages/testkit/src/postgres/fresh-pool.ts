import pg from 'pg';

/**
 * Puts a session back as a new one, as far as it can be told apart, but keeps its prepared statements, which the driver
 * believes to be there. DISCARD SEQUENCES forgets values that a sequence with CACHE gave the session in advance.
 */
export const FRESH_SESSION =
  'SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES';

/** Reads the channels and locks of a session, which outlast their statement and concern other sessions. */
const HELD = `SELECT
  (SELECT array_agg(channel) FROM pg_listening_channels() AS channel) AS channels,
  (SELECT array_agg(format('%s, %s', classid, objid)) FROM pg_locks
   WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()) AS locks`;

/**
 * Sets a session back, by a function that sends several statements at once.
 * @returns what it held that reaches beyond it, a line each.
 */
export async function freshenSession(send: (sql: string) => Promise<unknown>): Promise<string[]> {
  const [held] = (await send(`${HELD}; ${FRESH_SESSION}`)) as pg.QueryResult<Held>[];
  const { channels, locks } = held?.rows[0] ?? {};
  return [
    ...(channels ?? []).map((channel) => `a session of it still listens to the channel ${channel}: UNLISTEN`),
    ...(locks ?? []).map((lock) => `a session of it still holds the advisory lock (${lock}): pg_advisory_unlock`),
  ];
}

interface Held {
  channels: string[] | null;
  locks: string[] | null;
}

/** A pool as the code under test knows it, whose sessions can be set back. */
export class FreshPool extends pg.Pool {
  readonly #used = new Set<pg.PoolClient>();
  readonly #all = new Set<pg.PoolClient>();

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
  }

  /** Its sessions, by pid, whether they are out or not. */
  get pids(): number[] {
    return [...this.#all].flatMap((client) => (client as { processID?: number }).processID ?? []);
  }

  /**
   * Sets back the sessions that were used since the last call; none may be out.
   * @returns what they held that reaches beyond them, a line each.
   */
  async freshen(): Promise<string[]> {
    const used = [...this.#used];
    this.#used.clear();
    const held = await Promise.all(used.map((client) => freshenSession((sql) => client.query(sql))));
    return held.flat();
  }
}
