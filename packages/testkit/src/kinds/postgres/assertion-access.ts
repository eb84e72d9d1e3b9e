import { fixtureKindOf } from '../shared/kind-of-fixture.ts';
import type { Connection } from './connection.ts';
import type { PostgresDatabase } from './postgres-database.ts';
import type { ResetAnswer } from './write-log/write-log.ts';

/** The part of a test's database that assertions need, and tests must not have. */
export interface AssertionAccess {
  /** The database's name on its server. */
  readonly name: string;
  /** The role that the code under test connects as. */
  readonly owner: string;
  /** The URL of that role, which no fault concerns. */
  readonly url: string;
  /** The superuser's URL of the database. */
  readonly superuserUrl: string;
  /** A superuser's connection to the server, by another database; shared by all of the process. */
  readonly server: Connection;
  /**
   * A superuser's connection to the database, with the settings that the code under test has; closed by the testkit. It
   * is shared by all assertions of the file: what they SET they must RESET.
   */
  inspector(): Promise<Connection>;
  /** Sets the database back to what a test starts with. Resolves with what stood against it, or null. */
  reset(): Promise<ResetAnswer | null>;
}

const accesses = new WeakMap<PostgresDatabase, AssertionAccess>();

/** Remembers what gives assertions access to a fixture's database, and resolves with the database. */
export function withAccess(database: PostgresDatabase, access: AssertionAccess): PostgresDatabase {
  accesses.set(database, access);
  return database;
}

/**
 * The access of assertions to a test's database.
 * @throws {TypeError} when it is not a database that the testkit gave to a test.
 */
export function accessOf(database: PostgresDatabase): AssertionAccess {
  const access = accesses.get(database);
  if (access === undefined) {
    throw new TypeError(refusal(database));
  }
  return access;
}

function refusal(given: unknown): string {
  const rule = 'This assertion takes the fixture of a PostgreSQL database';
  const kind = fixtureKindOf(given);
  if (kind !== undefined) {
    const { title, readBy } = kind;
    const read = readBy ? `Read by ${readBy} what the code wrote` : 'Read by the fixture what the code did';
    return (
      `${rule}, and was given that of ${title}: it reads PostgreSQL's own catalog and statistics, which ${title} does not ` +
      `have. ${read}, and compare it with Vitest's expect.`
    );
  }
  const isCopy = typeof given === 'object' && given !== null && 'pool' in given && 'query' in given && 'url' in given;
  if (isCopy) {
    return `${rule} itself, and was given a copy of it: pass the fixture on as the test gets it.`;
  }
  return `${rule} itself, and was given ${describeValue(given)}: take the fixture from the test's parameter, such as ({ database }).`;
}

function describeValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) {
    return typeof value === 'string' ? 'a string' : String(value);
  }
  const { name } = value.constructor ?? {};
  return name === undefined || name === 'Object' ? 'another object' : `an object of class ${name}`;
}
