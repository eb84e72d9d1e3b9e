import type { ColumnValue } from './column.ts';
import type { Comparison } from './survives.ts';

export interface RoundTripOptions<Value> {
  /** Random values that are tried after the edge values; 25 unless told. */
  readonly runs?: number;
  /** Tries the random values of an earlier run again, whose failure told it. */
  readonly seed?: number;
  /** Values that are tried first; needed where the testkit knows none that the column's checks take. */
  readonly values?: readonly Value[];
  /** Which values the code takes, where that is less than the column does. */
  readonly where?: (value: Value) => boolean;
  /** `value` when a numeric may come back with fewer or more zeros at its end; else every digit counts. */
  readonly compare?: Comparison;
}

export type ValueRow = Readonly<Record<string, ColumnValue>>;
