import { AssertionError } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { describeGrowth, growthBetween } from './growth.ts';
import { watch } from './queries-of.ts';
import { isQuery, rowsOf } from './statement.ts';

export interface NPlusOneProbe<Result> {
  /** Creates so many more of the rows that `work` reads. */
  readonly add: (count: number) => unknown;
  /** The code under test; it runs twice. */
  readonly work: () => Result;
  /** How many rows are added before each run. @default 5 */
  readonly rows?: number;
}

/**
 * Expects that `work` sends as many statements for twice the rows. Resolves with what its second run comes to.
 *
 * @throws {AssertionError} that names the statements whose calls grew with the rows; also when nothing shows that
 * `work` read what was added, since then nothing is proved.
 */
export async function expectNoNPlusOne<Result>(
  database: PostgresDatabase,
  { add, work, rows = 5 }: NPlusOneProbe<Result>,
): Promise<Awaited<Result>> {
  if (!Number.isInteger(rows) || rows < 2) {
    throw new RangeError(`rows is ${rows}; two or more show an N+1.`);
  }
  await add(rows);
  const first = await watch(database, work);
  await add(rows);
  const second = await watch(database, work);

  const growths = growthBetween(first.statements, second.statements);
  if (growths.length > 0) {
    throw new AssertionError({ message: describeGrowth(growths, rows), stackStartFn: expectNoNPlusOne });
  }
  const read = rowsOf(first.statements.filter(isQuery));
  const readThen = rowsOf(second.statements.filter(isQuery));
  if (readThen <= read && isDeepStrictEqual(first.result, second.result)) {
    throw new AssertionError({
      message:
        `Nothing is proved about N+1: with ${rows} more rows, what work sent came to ${readThen} rows, before it was ` +
        `${read}, and its result is the same. Let add() create rows that work reads each time: not beyond its limit ` +
        'or its filter, and committed where it has a connection of its own.',
      stackStartFn: expectNoNPlusOne,
    });
  }
  return second.result;
}
