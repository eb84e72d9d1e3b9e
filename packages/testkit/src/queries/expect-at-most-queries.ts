import { AssertionError } from 'node:assert';
import type { Database } from '../postgres/database.ts';
import { watch } from './queries-of.ts';
import { callsOf, isQuery, oneLine } from './statement.ts';

/**
 * Expects that `work` sends no more than `budget` statements to the database; those that only steer a transaction or a
 * session do not count. Resolves with what `work` comes to.
 *
 * @throws AssertionError that lists the statements.
 */
export async function expectAtMostQueries<Result>(
  database: Database,
  budget: number,
  work: () => Result,
): Promise<Awaited<Result>> {
  const { statements, result } = await watch(database, work);
  const queries = statements.filter(isQuery);
  const count = callsOf(queries);
  if (count > budget) {
    const lines = queries.map(({ sql, calls }) => `  ${calls} × ${oneLine(sql)}`);
    throw new AssertionError({
      message: [`Expected at most ${budget} queries, and ${count} were sent:`, ...lines].join('\n'),
      stackStartFn: expectAtMostQueries,
    });
  }
  return result;
}
