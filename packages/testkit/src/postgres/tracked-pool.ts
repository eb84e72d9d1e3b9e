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
  readonly #awaited = new Set<Error>();
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
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const site = new Error('taken');
    this.#awaited.add(site);
    if (callback === undefined) {
      return super.connect().then(
        (client) => this.#take(site, client),
        (error) => {
          this.#awaited.delete(site);
          throw error;
        },
      );
    }
    super.connect((error, client, done) => {
      this.#awaited.delete(site);
      callback(error, client && this.#take(site, client), done);
    });
    return undefined;
  }

  #take(site: Error, client: pg.PoolClient): pg.PoolClient {
    this.#awaited.delete(site);
    this.#taken.set(client, site);
    this.#used.add(client);
    return client;
  }

  /** Connections that are out, and those that were asked for and have not come yet. */
  get leaks(): Leak[] {
    const taken = [...this.#taken].map(([client, site]) => ({
      pid: (client as unknown as { processID?: number }).processID,
      takenAt: callersOf(site),
    }));
    return [...taken, ...[...this.#awaited].map((site) => ({ pid: undefined, takenAt: callersOf(site) }))];
  }

  /** Whether any connection is out or asked for. */
  get isInUse(): boolean {
    return this.#taken.size + this.#awaited.size > 0;
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
  const callers = frames.filter((frame) => !/node_modules\/|(tracked|held)-pool\.ts|node:internal/.test(frame));
  return (callers.length > 0 ? callers : frames)
    .slice(0, 4)
    .map((frame) => frame.trim())
    .join('\n');
}
