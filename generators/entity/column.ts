/** How the generated code treats a field of one type. What is code is TypeScript. */
export interface Column {
  /** The type as the migration gives it to Kysely. */
  readonly migration: string;
  /** What the driver makes of a value that is read. */
  readonly read: string;
  /** What the driver is given to write. Default: as it is read. */
  readonly written?: string;
  /** The type of the field in the domain, which is also what JSON has. */
  readonly domain: string;
  /** What the domain says of values whose type does not say it. */
  readonly remark?: string;
  /** The check of the input. */
  readonly check: string;
  /** What the check needs of a file in src/checks/, whose layer is `check-<file>`. */
  readonly uses?: { readonly file: string; readonly name: string };
  /** The SQL that reads it as the domain has it, as it stands in a template of Kysely's sql. Default: the column. */
  readonly select?: (column: string) => string;
  /** What the domain has, from the code of the value that was read, which is never null. Default: the value. */
  readonly parse?: (value: string) => string;
  /** What is written, from the code of the domain's value, which is never null. Default: the value. */
  readonly write?: (value: string) => string;
  /** What `write` needs of a file of the service. */
  readonly writer?: { readonly file: string; readonly name: string };
  /** The most characters of a text with a bound. */
  readonly longest?: number;
  /** Two values that come back as they were written, and what the check refuses, as JSON has them. */
  readonly sample: string;
  readonly other: string;
  readonly wrong: readonly string[];
  /** Further values that come back as they were written, such as the ends of what the column takes. */
  readonly edges?: readonly string[];
  /** The function from the testkit's value of the column to what JSON has. */
  readonly fromText: string;
  /** Whether the column takes values that JSON or the check does not. */
  readonly isWider?: boolean;
  /** Whether a time zone could change it. */
  readonly isTime?: boolean;
}
