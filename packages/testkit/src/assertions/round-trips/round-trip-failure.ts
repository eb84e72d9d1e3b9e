import { originals } from '@splitlevel/guards/originals';
import type { Connection } from '../../kinds/postgres/connection.ts';
import { counted } from '../../kinds/shared/counted.ts';
import { isStored } from './ask-server.ts';
import type { Row } from './candidates.ts';
import { causeOf } from './causes/cause-of.ts';
import { type Columns, type ColumnValue, describeColumn } from './column.ts';
import { readColumns } from './read-columns.ts';
import { refused } from './refused.ts';
import { listing, showRow, showValue } from './round-trip-error.ts';
import type { RoundTripOptions } from './round-trip-options.ts';
import { survives } from './survives.ts';
import { Failed, tryValues, type Verdict } from './try-values.ts';

const RUNS = 25;

export interface RoundTrip {
  readonly table: string;
  readonly names: readonly string[];
  /** Whether values are rows, also of one column. */
  readonly several: boolean;
  readonly work: (value: unknown) => unknown;
  readonly options: RoundTripOptions<unknown>;
}

/** Tries a round trip, and resolves with what there is to say about its failure. */
export async function roundTripFailure(inspector: Connection, trip: RoundTrip): Promise<string | undefined> {
  const { names, several, work, options } = trip;
  const columns = await readColumns(inspector, trip.table, names);
  const toValue = (row: Row): unknown =>
    several ? Object.fromEntries(names.map((name, index) => [name, row[index]])) : row[0];
  const toRow = (value: unknown): Row =>
    several ? names.map((name) => (value as Record<string, ColumnValue>)[name] ?? null) : [value as ColumnValue];
  const seed = options.seed ?? Math.floor(originals.random() * 2 ** 31);
  const verdict = await tryValues(inspector, columns, {
    seed,
    runs: options.runs ?? RUNS,
    given: (options.values ?? []).map(toRow),
    where: (row) => options.where?.(toValue(row)) ?? true,
    async attempt(row) {
      let came: unknown;
      try {
        came = await work(toValue(row));
      } catch (error) {
        throw new Failed(row, undefined, { error });
      }
      if (came === refused) {
        throw new Failed(row, refused);
      }
      for (const [index, { type }] of columns.columns.entries()) {
        const back = cellOf(trip, came, index);
        if (!(await survives(inspector, type, row[index] ?? null, back, options.compare ?? 'text'))) {
          throw new Failed(row, came);
        }
      }
    },
  });
  if (verdict.smallest) {
    return describe(inspector, trip, columns, verdict, verdict.smallest, seed);
  }
  if (verdict.tried > 0) {
    return undefined;
  }
  return (
    `${placesOf(columns)}: no value was tried, since none of those the testkit knows is taken by the column's checks and by ` +
    '`where`. Give some that are: { values: […] }.'
  );
}

function cellOf({ several, names }: RoundTrip, came: unknown, index: number): unknown {
  return several ? (came as Record<string, unknown> | null | undefined)?.[names[index] as string] : came;
}

async function describe(
  inspector: Connection,
  trip: RoundTrip,
  columns: Columns,
  { tried, failures }: Verdict,
  { row, came, problem }: Failed,
  seed: number,
): Promise<string> {
  const end = `The smallest of ${counted(failures, 'value')} that failed, of ${tried} that ${tried === 1 ? 'was' : 'were'} tried; { seed: ${seed} } tries the same again.`;
  const written = trip.several ? showRow(trip.names, row) : showValue(row[0]);
  if (problem || came === refused) {
    const what = problem ? 'the code failed with' : 'the code refused';
    const lines = listing([
      ['written', written],
      ['error', problem && String(problem.error instanceof Error ? problem.error.message : problem.error)],
    ]);
    const advice =
      'If the code is right to take less than the column does, say what it takes: { where: (value) => … }.';
    return `${placesOf(columns)}: ${what} a value that the column takes.\n${lines}\n${advice}\n${end}`;
  }
  const index = await changedColumn(inspector, trip, columns, row, came);
  const column = columns.columns[index] as Columns['columns'][number];
  const value = row[index] ?? null;
  const back = cellOf(trip, came, index);
  const lines = listing([
    ['written', showValue(value)],
    ['came back', showValue(back)],
    ['cause', causeOf(column.type, value, back)],
    ['where', await whereOf(inspector, columns.table, column, value)],
    ['row', trip.several ? written : undefined],
  ]);
  return `${describeColumn(columns.table, column)} did not survive the round trip.\n${lines}\n${end}`;
}

async function changedColumn(inspector: Connection, trip: RoundTrip, { columns }: Columns, row: Row, came: unknown) {
  for (const [index, { type }] of columns.entries()) {
    const comparison = trip.options.compare ?? 'text';
    if (!(await survives(inspector, type, row[index] ?? null, cellOf(trip, came, index), comparison))) {
      return index;
    }
  }
  return 0;
}

async function whereOf(inspector: Connection, table: string, column: Columns['columns'][number], value: ColumnValue) {
  const stored = await isStored(inspector, table, column, value);
  if (stored === undefined) {
    return undefined;
  }
  return stored
    ? `${table} holds it as written: it changed on the way out`
    : `${table} holds no such value: it changed on the way in`;
}

function placesOf({ table, columns }: Columns): string {
  return columns.map((column) => describeColumn(table, column)).join(', ');
}
