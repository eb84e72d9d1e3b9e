import { isQuery, oneLine, type Statement, times } from './statement.ts';

/** A statement that was sent more often when there were more rows. */
export interface Growth {
  readonly sql: string;
  readonly before: number;
  readonly after: number;
}

/** One call more may be something else's, such as a health check that came in between. */
const NOISE = 1;

export function growthBetween(first: readonly Statement[], second: readonly Statement[]): Growth[] {
  const known = new Map(first.map(({ sql, calls }) => [sql, calls]));
  return second
    .filter(isQuery)
    .map(({ sql, calls }) => ({ sql, before: known.get(sql) ?? 0, after: calls }))
    .filter(({ before, after }) => after - before > NOISE);
}

/** @param rows How many were added before each of the two runs. */
export function describeGrowth(growths: readonly Growth[], rows: number): string {
  const parts = growths.map(
    ({ sql, before, after }) =>
      `N+1: for ${rows} more rows this statement was sent ${after - before} more times:\n  ${oneLine(sql)}\n` +
      `  With ${rows} rows added it was sent ${times(before)}, with ${2 * rows} rows ${times(after)}.`,
  );
  return [...parts, 'Send one statement for all rows: a join, or a condition like id = any($1).'].join('\n');
}
