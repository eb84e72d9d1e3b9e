import type pg from 'pg';

/** The fixture of a PostgreSQL database, for one test. */
export interface Database {
  /**
   * For the code under test: a role that owns the database and is no superuser.
   * @throws when the isolation is `rollback`, where all must happen on the one connection of `pool`.
   */
  readonly url: string;
  /** Ready-made for the code under test, as the same role; closed by the testkit. */
  readonly pool: pg.Pool;
  /** The test's own look at the database; resolves with the rows. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** The fixture's `query`, whose errors point to the test that sent the statement. */
export function lookBy(send: (sql: string, parameters: readonly unknown[]) => Promise<unknown[]>): Database['query'] {
  return async function query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    try {
      return (await send(sql, parameters)) as Row[];
    } catch (error) {
      if (error instanceof Error) Error.captureStackTrace(error, query);
      throw error;
    }
  };
}
