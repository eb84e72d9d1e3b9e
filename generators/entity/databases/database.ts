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

/** The properties of a database on which entities depend. */
export interface Database {
  /** As it is named in messages, and by the service's option. */
  readonly name: string;
  /** The class of Kysely in src/database.ts by which it is known. */
  readonly dialect: string;
  /**
   * The layer with the files that only this database has, such as migration and repository; with instants,
   * `<layer>-time-zones` too.
   */
  readonly layer: string;
  /** The files of the service that those of the layer use. */
  readonly uses: readonly string[];
  /** The type of an id in Kysely's schema. */
  readonly idType: 'string' | 'Generated<string>';
  /** How many levels a document of JSON may have. */
  readonly jsonLevels: number;
  readonly types: readonly FieldType[];
  /** The type that comes nearest to one of another database, where its name does not say so. */
  nearest?(type: string): string | undefined;
  /** @returns a sentence that says why a table cannot have all these columns, or undefined. */
  checkRow?(columns: readonly Column[]): string | undefined;
  /** The names of columns that the database keeps for itself. */
  readonly ownColumns: readonly string[];
  /** The beginning of the names of its own tables. */
  readonly ownTables?: string;
}

/** A type without numbers. */
export function plain(form: string, column: Column, ...aliases: string[]): FieldType {
  return { form, aliases, column: (numbers) => (numbers.length === 0 ? column : `takes no numbers; write ${form}`) };
}
