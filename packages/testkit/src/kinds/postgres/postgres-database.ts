import type pg from 'pg';

/** The fixture of a PostgreSQL database, for one test. */
export interface PostgresDatabase {
  /**
   * For the code under test: a role that owns the database and is not a superuser.
   * @throws {Error} when the isolation is `rollback`, where all must happen on the one connection of `pool`.
   */
  readonly url: string;
  /** Ready-made for the code under test, as the same role; closed by the testkit. */
  readonly pool: pg.Pool;
  /** The test's own look at the database; resolves with the rows. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}
