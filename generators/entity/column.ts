/** How the generated code treats a field of one type. Code is TypeScript. */
export interface Column {
  /** The type as the migration gives it to Kysely. */
  readonly migration: string;
  /** The type of a value that the driver reads. */
  readonly read: string;
  /** The type of a value that the driver writes. Default: as it is read. */
  readonly written?: string;
  /** The type of the field in the domain, which is also what JSON has. */
  readonly domain: string;
  /** A comment of the domain on values whose type does not say enough. */
  readonly remark?: string;
  /** The check of the input. */
  readonly check: string;
  /** A name that the check needs from a file in src/checks/, whose layer is `check-<file>`. */
  readonly uses?: { readonly file: string; readonly name: string };
  /** The SQL that reads it as the domain has it, as it stands in a template of Kysely's sql. Default: the column. */
  readonly select?: (column: string) => string;
  /** The code of the domain's value, from that of the value that was read, which is never null. Default: the value. */
  readonly parse?: (value: string) => string;
  /** The code of the value to write, from that of the domain's value, which is never null. Default: the value. */
  readonly write?: (value: string) => string;
  /** What `write` needs of a file of the service. */
  readonly writer?: { readonly file: string; readonly name: string };
  /** The most characters of a string with a bound. */
  readonly longest?: number;
  /** The code of the most that the check takes, where the column could take less. */
  readonly most?: string;
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
