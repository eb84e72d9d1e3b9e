import type mysql from 'mysql2/promise';
import type { ServerFault, ServerFaultName, ServerFaultOptions } from '../shared/faults/server-fault.ts';

/** The fixture of a MariaDB database, for one test. */
export interface MariadbDatabase {
  /** For the code under test: `mysql://…` of a user who has all rights on this database, and none beside it. Faults are on this way. */
  readonly url: string;
  /** Ready-made for the code under test, as the same user; closed by the testkit. `pool.pool` is the one with callbacks. */
  readonly pool: mysql.Pool;
  /**
   * The test's own look at the database; resolves with the rows, of what has none with an empty list. Values are exact:
   * DECIMAL, BIGINT beyond 2^53 and times come as text.
   */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /**
   * Makes MariaDB fail as `ServerFaultName` says, for the code under test, which connects by `url`, until the test ends or
   * `undo()`.
   */
  fault(name: ServerFaultName, options?: ServerFaultOptions): Promise<ServerFault>;
}
