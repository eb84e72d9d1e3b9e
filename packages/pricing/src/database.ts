import { type ColumnType, type Generated, type GeneratedAlways, Kysely, PostgresDialect, sql } from 'kysely';
import { Pool } from 'pg';
import type { Config } from './config.ts';
import { UnavailableError } from './errors.ts';

/** numeric comes out as text with every digit. Only text goes in: a number may have lost digits already. */
type Numeric = ColumnType<string, string, string>;

export interface Schema {
  products: {
    id: Generated<string>;
    name: string;
    price: Numeric;
    discount_percent: Numeric;
    attributes: Generated<Readonly<Record<string, string>>>;
  };
  product_discount_changes: {
    id: Generated<string>;
    number: GeneratedAlways<string>;
    product_id: string;
    from_percent: Numeric;
    to_percent: Numeric;
    changed_at: Generated<Date>;
  };
}

export type Database = Kysely<Schema>;

/** A pool of connections in which every wait is bounded. Connects when the first query needs it. */
export function createDatabase(config: Config, onLostConnection: (error: Error) => void): Database {
  const pool = new Pool({
    connectionString: config.databaseUrl,
    application_name: 'pricing',
    max: config.databasePoolSize,
    connectionTimeoutMillis: config.databaseTimeoutMs,
    idleTimeoutMillis: 30_000,
    statement_timeout: config.databaseTimeoutMs,
    lock_timeout: config.databaseTimeoutMs,
    idle_in_transaction_session_timeout: config.databaseTimeoutMs,
    query_timeout: config.databaseTimeoutMs + 1000,
  });
  // The pool listens to idle connections only, and an error without a listener ends the process.
  pool.on('connect', (connection) => connection.on('error', onLostConnection));
  pool.on('error', () => undefined);
  return new Kysely<Schema>({
    dialect: new PostgresDialect({
      pool: {
        connect: () =>
          pool.connect().catch((cause: unknown) => {
            throw new UnavailableError('the database gave no connection', { cause });
          }),
        end: () => pool.end(),
        options: pool.options,
      },
    }),
  });
}

/** @throws {Error} when the database does not answer in time */
export async function checkDatabase(database: Database, timeoutMs: number): Promise<void> {
  await sql`select 1`.execute(database, { signal: AbortSignal.timeout(timeoutMs) });
}
