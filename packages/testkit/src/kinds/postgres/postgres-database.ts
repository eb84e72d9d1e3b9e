import type pg from 'pg';
import type { ServerFault, ServerFaultName, ServerFaultOptions } from '../shared/faults/server-fault.ts';

/** The fixture of a PostgreSQL database, for one test. */
export interface PostgresDatabase {
  /**
   * For the code under test: a role that owns the database and is not a superuser. Faults are on this way.
   * @throws {Error} when the isolation is `rollback`, where all must happen on the one connection of `pool`.
   */
  readonly url: string;
  /** Ready-made for the code under test, as the same role; closed by the testkit. */
  readonly pool: pg.Pool;
  /** The test's own look at the database; resolves with the rows. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * Makes PostgreSQL fail as `ServerFaultName` says, for the code under test, which connects by `url`, until the test ends or
   * `undo()`.
   */
  fault(name: ServerFaultName, options?: ServerFaultOptions): Promise<ServerFault>;
}
