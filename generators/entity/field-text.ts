import type { Field } from './field.ts';

/**
 * A field as the placeholders of templates/entity/ name it. All but the first four, and what is true or false, are
 * code.
 */
export interface FieldText {
  readonly kebab: string;
  readonly camel: string;
  readonly snake: string;
  readonly remark: string;
  readonly nullable: boolean;
  readonly isWider: boolean;
  /** The type of the column, and what else is said of it in the migration. */
  readonly migration: string;
  /** The type in Kysely's schema. */
  readonly schema: string;
  readonly domain: string;
  readonly check: string;
  /** What is selected. */
  readonly select: string;
  /**
   * Its type where it is not yet what the domain has, and what the domain has, of a variable `row`; empty where it is.
   */
  readonly read: string;
  readonly parse: string;
  /** What is written, of a variable `values`. */
  readonly write: string;
  readonly sample: string;
  readonly other: string;
  /** The most that the check takes; empty where no column takes less. */
  readonly most: string;
  /** Whatever the check refuses; the first of these is it at its top. */
  readonly wrong: readonly string[];
  readonly firstWrong: string;
  /** Values that come back as they were written. */
  readonly edges: readonly string[];
  readonly fromText: string;
  /** The further element of a test's case where the column takes more than the service. */
  readonly whereWider: string;
}

/** The code of a field in templates. */
export function textOf({ kebab, camel, snake, nullable, column }: Field): FieldText {
  const {
    migration,
    read,
    written = read,
    remark = '',
    isWider = false,
    sample,
    other,
    most = '',
    wrong,
    fromText,
  } = column;
  const orNull = (type: string) => (nullable ? `${type} | null` : type);
  const domain = orNull(column.domain);
  const types = [read, written, written].map(orNull);
  const value = `values.${camel}`;
  const stored = column.write?.(value) ?? value;
  const unlessNull = (from: string, code: string) => (nullable ? `${from} === null ? null : ${code}` : code);
  const parsed = column.parse?.(`row.${camel}`);
  return {
    kebab,
    camel,
    snake,
    remark,
    nullable,
    isWider,
    domain,
    sample,
    other,
    most,
    wrong,
    fromText,
    firstWrong: wrong[0] ?? '',
    whereWider: isWider ? ', takes' : '',
    migration: nullable ? migration : `${migration}, (column) => column.notNull()`,
    schema: read === written ? orNull(read) : `ColumnType<${types.join(', ')}>`,
    check: nullable ? `${column.check}.nullable().default(null)` : column.check,
    select: selected(camel, snake, domain, column.select),
    read: parsed === undefined ? '' : orNull(read),
    parse: parsed === undefined ? '' : unlessNull(`row.${camel}`, parsed),
    write: stored === value ? stored : unlessNull(value, stored),
    edges: [sample, other, ...(column.edges ?? []), ...(nullable ? ['null'] : [])],
  };
}

function selected(camel: string, snake: string, domain: string, select: Field['column']['select']): string {
  if (select !== undefined) {
    return `sql<${domain}>\`${select(snake)}\`.as('${camel}')`;
  }
  return camel === snake ? `'${snake}'` : `'${snake} as ${camel}'`;
}
