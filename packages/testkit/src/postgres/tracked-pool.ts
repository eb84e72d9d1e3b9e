import pg from 'pg';

/** A connection that was taken from the pool and not given back. */
export interface Leak {
  readonly pid: number | undefined;
  /** Where the code took it: the lines of the stack outside of the driver. */
  readonly takenAt: string;
}

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * Puts a session back as a new one, as far as it can be told apart, but keeps its prepared statements, which the driver
 * believes to be there. DISCARD SEQUENCES forgets values that a sequence with CACHE gave the session in advance.
 */
export const FRESH_SESSION =
  'SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES';

/** A pool as the code under test knows it, which knows who has its connections. */
export class TrackedPool extends pg.Pool {
  readonly #taken = new Map<pg.PoolClient, Error>();
  readonly #used = new Set<pg.PoolClient>();

  constructor(url: string) {
    super({ connectionString: url });
    // The testkit ends sessions that tests leave open; unheard, the event would end the process.
    this.on('error', () => {});
    this.on('connect', (client) => client.on('error', () => {}));
    this.on('release', (_error, client) => this.#taken.delete(client));
    this.on('remove', (client) => {
      this.#taken.delete(client);
      this.#used.delete(client);
    });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    const site = new Error('taken');
    const take = (client: pg.PoolClient) => {
      this.#taken.set(client, site);
      this.#used.add(client);
    };
    if (callback) {
      return super.connect((error, client, done) => {
        if (client) take(client);
        callback(error, client, done);
      });
    }
    return super.connect().then((client) => {
      take(client);
      return client;
    });
  }

  get leaks(): Leak[] {
    return [...this.#taken].map(([client, site]) => ({
      pid: (client as unknown as { processID?: number }).processID,
      takenAt: callersOf(site),
    }));
  }

  /** Sets back the sessions that were used since the last call; none may be out. */
  async freshen(): Promise<void> {
    const used = [...this.#used];
    this.#used.clear();
    await Promise.all(used.map((client) => client.query(FRESH_SESSION)));
  }
}

/** The lines of a stack that are neither the driver's nor the testkit's. */
export function callersOf(site: Error): string {
  const frames = (site.stack ?? '').split('\n').slice(1);
  const callers = frames.filter(
    (frame) => !/node_modules\/(pg|pg-pool)\/|(tracked|held)-pool\.ts|node:internal/.test(frame),
  );
  return (callers.length > 0 ? callers : frames)
    .slice(0, 4)
    .map((frame) => frame.trim())
    .join('\n');
}
