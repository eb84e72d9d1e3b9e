import type { Column } from '../column.ts';

/** A type of a database, by which fields are declared. */
export interface FieldType {
  /** As it is to be written, for messages: `numeric(p,s)`. */
  readonly form: string;
  /** Other names of it. */
  readonly aliases?: readonly string[];
  /**
   * The column of this type.
   * @param numbers those in the parentheses.
   * @returns a sentence that says what is wrong with the numbers, instead.
   */
  column(numbers: readonly number[]): Column | string;
}

/** What entities need to know of a database. */
export interface Database {
  /** As it is named in messages, and by the service's option. */
  readonly name: string;
  /** The class of Kysely in src/database.ts by which it is known. */
  readonly dialect: string;
  /** The layer with the files that only this database has: migration and repository. */
  readonly layer: string;
  readonly types: readonly FieldType[];
  /** The names of columns that the database keeps for itself. */
  readonly ownColumns: readonly string[];
  /** The beginning of the names of its own tables. */
  readonly ownTables: string;
}
