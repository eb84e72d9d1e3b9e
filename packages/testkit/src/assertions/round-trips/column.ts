/** The type of a column, or of the elements of an array. */
export interface ColumnType {
  /** As PostgreSQL writes it: `numeric(12,2)`, or the name of a domain. */
  readonly sql: string;
  /** The same without domain and modifier, `numeric`: a cast to it changes nothing. */
  readonly plain: string;
  /**
   * The catalog's name of the type below all domains: `numeric`, `int8`, `timestamptz`, `varchar`; `enum` and `array`
   * for those.
   */
  readonly name: string;
  /** Length, precision and scale, as the catalog packs them; -1 when there are none. */
  readonly modifier: number;
  readonly element?: ColumnType;
  /** The values of an enum. */
  readonly labels?: readonly string[];
}

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** Literals in the CHECK constraints of the column and its domains: values that are likely to matter. */
  readonly literals: readonly string[];
}

/** The columns whose values make the round trip. */
export interface Columns {
  /** As SQL takes it. */
  readonly table: string;
  readonly columns: readonly Column[];
  /** CHECK constraints that are about these columns alone, as SQL. */
  readonly checks: readonly string[];
}

/** A value in a test: the text that PostgreSQL takes, null, or for an array a list of those. */
export type ColumnValue = string | null | readonly (string | null)[];

/** Digits before and after the point; undefined for a numeric without. */
export function precisionOf({ modifier }: ColumnType): { precision: number; scale: number } | undefined {
  if (modifier < 4) {
    return undefined;
  }
  const packed = modifier - 4;
  // Eleven bits with a sign: https://github.com/postgres/postgres/blob/REL_18_STABLE/src/include/utils/numeric.h
  return { precision: packed >> 16, scale: ((packed & 0x7ff) ^ 0x400) - 0x400 };
}

/** Characters that a varchar(n) or char(n) takes; undefined when there is no limit. */
export function lengthOf({ modifier }: ColumnType): number | undefined {
  return modifier < 4 ? undefined : modifier - 4;
}

/** `products.price (numeric(12,2))`. */
export function describeColumn(table: string, { name, type }: Column): string {
  return `${table}.${name} (${type.sql})`;
}
