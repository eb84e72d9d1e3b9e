import pg from 'pg';

const CONNECT_TIMEOUT_MS = 10_000;
/**
 * Longer than any statement of the testkit takes, so that the testkit does not hang with a server that
 * does.
 */
const STATEMENT_TIMEOUT_MS = 120_000;

export interface ConnectionOptions {
  /** What `pg_stat_activity` shows. */
  readonly name?: string;
  /** Settings of the session, which stand over those of the database and the role. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** One connection of the testkit itself. Queries that are made at once are sent one after the other. */
export class Connection {
  readonly #client: pg.Client;
  #last: Promise<void> = Promise.resolve();

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** The number of its session on the server. */
  get pid(): number | undefined {
    return (this.#client as { processID?: number }).processID;
  }

  /** @throws {Error} of the server or the network. */
  static async open(url: string, { name = 'splitlevel testkit', settings = {} }: ConnectionOptions = {}) {
    const client = new pg.Client({
      connectionString: url,
      application_name: name,
      options: startupOptions({ statement_timeout: String(STATEMENT_TIMEOUT_MS), ...settings }),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      query_timeout: STATEMENT_TIMEOUT_MS + 5_000,
    });
    // A connection that breaks while idle is told by the next query; unheard, the event would end the process.
    client.on('error', () => {});
    await client.connect();
    return new Connection(client);
  }

  // An async function all the way, so that the stack of an error leads to the caller.
  async query<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const previous = this.#last;
    const turn = Promise.withResolvers<void>();
    this.#last = turn.promise;
    await previous;
    try {
      return (await this.#client.query({ text: sql, values: [...parameters] })).rows as Row[];
    } finally {
      turn.resolve();
    }
  }

  /** Never throws, and waits for no answer: what is under way is broken off. */
  async close(): Promise<void> {
    await this.#client.end().catch(() => {});
  }
}

/** Opens a connection for the time of one piece of work. */
export async function withConnection<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await Connection.open(url);
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
}

/**
 * Settings as the start-up packet carries them:
 * https://www.postgresql.org/docs/18/libpq-connect.html#LIBPQ-CONNECT-OPTIONS
 */
export function startupOptions(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value.replaceAll(/[\\ ]/g, '\\$&')}`)
    .join(' ');
}
