import { AssertionError } from 'node:assert';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { counted } from '../../kinds/shared/counted.ts';
import { watch } from './queries-of.ts';
import { callsOf, isQuery, oneLine } from './statement.ts';

/**
 * Expects that `work` sends no more than `budget` statements to the database; those that only steer a transaction or a
 * session do not count. Resolves with what `work` comes to.
 *
 * @throws {AssertionError} that lists the statements; also when `work` sends none and may send some, since then nothing
 * is proved.
 */
export async function expectAtMostQueries<Result>(
  database: PostgresDatabase,
  budget: number,
  work: () => Result,
): Promise<Awaited<Result>> {
  const { statements, result } = await watch(database, work);
  const queries = statements.filter(isQuery);
  const count = callsOf(queries);
  if (count > budget) {
    const lines = queries.map(({ sql, calls }) => `  ${calls} × ${oneLine(sql)}`);
    throw new AssertionError({
      message: [
        `Expected at most ${counted(budget, 'query', 'queries')}, and ${count} ${count === 1 ? 'was' : 'were'} sent:`,
        ...lines,
      ].join('\n'),
      stackStartFn: expectAtMostQueries,
    });
  }
  if (count === 0 && budget > 0) {
    throw new AssertionError({
      message:
        `Nothing is proved about the number of queries: work sent none to this database, and may send ${budget}. ` +
        'Let it reach the database, or expect at most 0 where that is meant.',
      stackStartFn: expectAtMostQueries,
    });
  }
  return result;
}
