import type { Insert, Values } from './insert.ts';
import type { Schema } from './schema.ts';

/** What the fixtures of SQL databases have in common. */
export interface SqlDatabase {
  /** For the code under test. */
  readonly url: string;
  /** The test's own look at the database; resolves with the rows. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** Locks that a connection of their own holds, in a transaction. */
export interface HeldLocks {
  /** How many rows the statement selected that took them. */
  readonly rows: number;
  /** The connections that wait for them. */
  waiters(): Promise<readonly number[]>;
  /** Ends connections, as a server does that goes down. */
  breakConnections(ids: readonly number[]): Promise<void>;
  /** Resolves when the locks are gone. */
  release(): Promise<void>;
}

/** What assertions do with a database whose server has words of its own for it. */
export interface SqlDialect {
  /** The INSERT that fills a table, as its schema is now. */
  insertInto(database: SqlDatabase, table: string, values: Values): Promise<Insert>;
  readSchema(database: SqlDatabase): Promise<Schema>;
  /** All rows of a table, with values as the server writes them. */
  readRows(database: SqlDatabase, table: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Drops all that migrations made, and what the tool noted of them. */
  empty(database: SqlDatabase): Promise<void>;
  /**
   * Lets a migration do its work, and fail at the end, when its tool notes that it was applied. Absent where a server
   * commits each change of the schema by itself.
   * @returns whether it failed; a tool may note it otherwise than by a row of a table
   */
  breakOff?(database: SqlDatabase, migrate: () => Promise<void>): Promise<boolean>;
  /** Holds the locks that a statement takes. */
  holdLocks(database: SqlDatabase, statement: string): Promise<HeldLocks>;
  /**
   * Lets the server refuse new connections to the database; those that are open stay.
   * @returns what ends that
   */
  refuseConnections(database: SqlDatabase): Promise<() => Promise<void>>;
}

const dialects = new WeakMap<SqlDatabase, SqlDialect>();

/** Remembers the dialect of a fixture, and returns the fixture. */
export function withDialect<D extends SqlDatabase>(database: D, dialect: SqlDialect): D {
  dialects.set(database, dialect);
  return database;
}

/** The dialect of a fixture; undefined for one whose kind has told none. */
export function dialectOf(database: SqlDatabase): SqlDialect | undefined {
  return dialects.get(database);
}
