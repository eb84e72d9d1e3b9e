/** SQL expressions of `i`, the number of the row, by column. */
export type Values = Readonly<Record<string, string>>;

/** An INSERT of rows that a table takes as its schema was when it was made. */
export interface Insert {
  /**
   * Inserts so many rows, at least one.
   * @throws {Error} when the server does not take a row, with the columns that need values
   */
  run(rows: number): Promise<void>;
}

/** What the parts of an INSERT have in common, whatever the server. */
interface Table {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly nullable: boolean }[];
}

interface ForeignKey {
  readonly parent: string;
  readonly columns: readonly string[];
}

/** @throws {Error} when a value is given for a column that the table does not have */
export function refuseUnknownColumns({ name, columns }: Table, values: Values): void {
  const unknown = Object.keys(values).find((given) => !columns.some((column) => column.name === given));
  if (unknown !== undefined) {
    const names = columns.map((column) => column.name).join(', ');
    throw new Error(`The table ${name} has no column ${unknown}; it has ${names}.`);
  }
}

/**
 * The foreign keys that lead to rows that are there: those whose columns have no values of the test.
 * @param isFilled whether a table has rows
 * @throws {Error} when a row needs a parent, and there is none
 */
export async function refuseEmptyParents(
  { name, columns }: Table,
  keys: readonly ForeignKey[],
  isFilled: (table: string) => Promise<boolean>,
): Promise<void> {
  for (const { parent, columns: own } of keys) {
    const isNullable = own.some((each) => columns.find((column) => column.name === each)?.nullable);
    if (!isNullable && !(await isFilled(parent))) {
      throw new Error(
        `${name} (${own.join(', ')}) refers to ${parent}, which has no rows: fill(database, '${parent}', …) first.`,
      );
    }
  }
}

/** The keys whose columns get their values from a row of the parent. */
export function keysFromParents<K extends ForeignKey>(keys: readonly K[], values: Values): K[] {
  return keys.filter(({ columns }) => !columns.some((name) => name in values));
}

/** The row of the parent that is numbered `index`, for the row n: in turn, and with the first parent's a pair that comes once. */
export function placeIn(index: number, divide: '/' | 'DIV'): string {
  const count = (of: number) => `(SELECT nullif(count(*), 0) FROM parent_${of})`;
  return index === 0 ? `n % ${count(0)}` : `coalesce(n % ${count(0)} + n ${divide} ${count(0)}, n) % ${count(index)}`;
}

/** A column's expression: the test's own, a parent's, or one for its type; none where the server has one. */
export function cellsOf<C extends { readonly name: string; readonly nullable: boolean; readonly hasDefault: boolean }>(
  table: { readonly name: string; readonly columns: readonly C[] },
  keys: readonly (ForeignKey & { readonly keys: readonly string[] })[],
  values: Values,
  {
    quoted,
    valueFor,
    typeName,
  }: { quoted(name: string): string; valueFor(column: C): string | undefined; typeName(column: C): string },
): [column: string, expression: string][] {
  return table.columns.flatMap((column): [string, string][] => {
    const { name } = column;
    const key = keys.findIndex(({ columns }) => columns.includes(name));
    const own = values[name];
    if (own !== undefined) {
      return [[name, own]];
    }
    if (key >= 0) {
      return [[name, `parent_${key}.${quoted(keys[key]?.keys[keys[key].columns.indexOf(name)] ?? '')}`]];
    }
    const value = column.hasDefault ? undefined : valueFor(column);
    if (value !== undefined) {
      return [[name, value]];
    }
    if (column.hasDefault || column.nullable) {
      return [];
    }
    throw new Error(`No value is known for ${table.name}.${name} of type ${typeName(column)}. ${advice([name])}`);
  });
}

export function advice(columns: readonly string[]): string {
  const names = columns.length > 0 ? columns : ['column'];
  return `Give values: { ${names.map((name) => `${name}: 'an SQL expression of i'`).join(', ')} }, where i counts the rows.`;
}
