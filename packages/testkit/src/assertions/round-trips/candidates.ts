import fc from 'fast-check';
import type { Connection } from '../../kinds/postgres/connection.ts';
import { admit } from './ask-server.ts';
import type { Columns, ColumnValue } from './column.ts';
import { readColumns } from './read-columns.ts';
import { valuesOf } from './values/values-of.ts';

export type Row = ColumnValue[];

/** Rows of values to try. */
export interface Candidates {
  /** Every column's edge values that the server takes, the simplest first; a shorter list is gone through again. */
  readonly edges: readonly Row[];
  readonly random: fc.Arbitrary<Row>;
}

/**
 * The rows to try for columns.
 * @param given rows of the test's own, which come first.
 */
export async function candidatesFor(
  inspector: Connection,
  { table, columns }: Columns,
  given: readonly Row[],
): Promise<Candidates> {
  const lists = await Promise.all(
    columns.map(async (column, index) => {
      const cells = given.map((row) => row[index] ?? null);
      const { edges, random } = valuesOf(column, cells);
      const alone = await readColumns(inspector, table, [column.name]);
      const taken = await takenOf(inspector, alone, [...edges, ...column.literals]);
      return { edges: taken, random };
    }),
  );
  const length = lists.some(({ edges }) => edges.length === 0)
    ? 0
    : Math.max(...lists.map(({ edges }) => edges.length));
  const rows = Array.from({ length }, (_, row) => lists.map(({ edges }) => edges[row % edges.length] ?? null));
  return { edges: rows, random: fc.tuple(...lists.map(({ random }) => random)) };
}

async function takenOf(inspector: Connection, column: Columns, values: readonly ColumnValue[]): Promise<ColumnValue[]> {
  const numeric = column.columns[0]?.type.name === 'numeric';
  const taken = new Map<string, ColumnValue>();
  for (const value of values) {
    const printed = await admit(inspector, column, [value]);
    if (printed === undefined) {
      continue;
    }
    // A literal such as 100 is written with the places of the column.
    const text = numeric ? (printed[0] ?? null) : value;
    if (!taken.has(JSON.stringify(text))) {
      taken.set(JSON.stringify(text), text);
    }
  }
  return [...taken.values()];
}
