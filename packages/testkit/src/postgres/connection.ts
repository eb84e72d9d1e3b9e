import pg from 'pg';

const CONNECT_TIMEOUT = 10_000;
/** In milliseconds; longer than any statement of the testkit takes, so that a server that hangs is no hang here. */
const STATEMENT_TIMEOUT = 120_000;

/** One connection of the testkit itself, as superuser. Queries that are made at once are sent one after the other. */
export class Connection {
  readonly #client: pg.Client;
  #last: Promise<unknown> = Promise.resolve();

  private constructor(client: pg.Client) {
    this.#client = client;
  }

  /** @throws what the server or the network answers. */
  static async open(url: string): Promise<Connection> {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'splitlevel testkit',
      connectionTimeoutMillis: CONNECT_TIMEOUT,
      statement_timeout: STATEMENT_TIMEOUT,
      query_timeout: STATEMENT_TIMEOUT + 5_000,
      keepAlive: true,
    });
    // A connection that breaks while idle is told by the next query; unheard, the event would end the process.
    client.on('error', () => {});
    await client.connect();
    return new Connection(client);
  }

  query<Row = Record<string, unknown>>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    const result = this.#last.then(async () => {
      const { rows } = await this.#client.query({ text: sql, values: [...parameters] });
      return rows as Row[];
    });
    this.#last = result.catch(() => {});
    return result;
  }

  /** Never throws: a connection that is broken is closed already. */
  async close(): Promise<void> {
    await this.#last;
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
