import type { Connection } from './connection.ts';
import type { Database } from './database.ts';
import type { ResetAnswer } from './ledger.ts';

/** What assertions need of a test's database and tests must not have. */
export interface Inside {
  /** The database's name on its server. */
  readonly name: string;
  /** The role that the code under test connects as. */
  readonly owner: string;
  /** The superuser's URL of the database. */
  readonly superuserUrl: string;
  /** A superuser's connection to the server, by another database; shared by all of the process. */
  readonly server: Connection;
  /**
   * A superuser's connection to the database, with the settings that the code under test has; closed by the testkit. It is
   * shared by all assertions of the file: what they SET they must RESET.
   */
  inspector(): Promise<Connection>;
  /** Sets the database back to what a test starts with. Resolves with what stood against it, or null. */
  reset(): Promise<ResetAnswer | null>;
}

const insides = new WeakMap<Database, Inside>();

/** Remembers the inside of a fixture's database, and resolves with the database. */
export function withInside(database: Database, inside: Inside): Database {
  insides.set(database, inside);
  return database;
}

/**
 * The inside of a test's database.
 * @throws TypeError when it is no database that the testkit gave to a test.
 */
export function insideOf(database: Database): Inside {
  const inside = insides.get(database);
  if (inside === undefined) throw new TypeError('An assertion takes the database fixture itself, not a copy of it.');
  return inside;
}
