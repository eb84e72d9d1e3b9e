import { AssertionError } from 'node:assert';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { watch } from '../queries/queries-of.ts';
import { nodesOf, outline } from './plan.ts';
import { planStatements } from './plan-statements.ts';
import { recordPlans } from './record-plans.ts';

export interface ExpectedPlan {
  /** The name of an index. */
  readonly uses: string;
}

/**
 * Expects that the planner chooses an index for a statement that `work` sends, by the costs that the tables have now:
 * `fill` them first. Resolves with what `work` comes to.
 *
 * @throws {AssertionError} that shows the plans.
 * @throws {Error} when the index does not exist.
 */
export async function expectPlan<Result>(
  database: PostgresDatabase,
  work: () => Result,
  { uses }: ExpectedPlan,
): Promise<Awaited<Result>> {
  const access = accessOf(database);
  const inspector = await access.inspector();
  const [index] = await inspector.query<{ table: string; rows: number }>(
    `SELECT indrelid::regclass::text AS table, pg_table.reltuples AS rows
     FROM pg_index JOIN pg_class AS pg_own ON pg_own.oid = indexrelid JOIN pg_class AS pg_table ON pg_table.oid = indrelid
     WHERE pg_own.relname = $1`,
    [uses],
  );
  if (index === undefined) {
    throw new Error(`There is no index ${uses} in the test's database.`);
  }
  const { statements, result } = await watch(database, work);
  const { planned, unplanned } = await planStatements(access, statements, { sequentialScans: true });
  recordPlans(database, planned);
  if (planned.some(({ plan }) => nodesOf(plan).some((node) => node['Index Name'] === uses))) {
    return result;
  }
  const lines = [
    ...planned.map(({ sql, plan }) => `  ${sql}\n${outline(plan, '    ')}`),
    ...unplanned.map(({ sql, problem }) => `  ${sql}\n    has no plan without its values: ${problem}`),
  ];
  if (lines.length === 0) {
    lines.push('  work sent no statement that reads or changes rows.');
  }
  const advice =
    index.rows < 1000
      ? `\n${index.table} is small or was never analyzed, and a small table is read whole: fill(database, "${index.table}", 10_000) first.`
      : '';
  throw new AssertionError({
    message: `Expected a plan that uses ${uses} of ${index.table}; the plans are:\n${lines.join('\n')}${advice}`,
    stackStartFn: expectPlan,
  });
}
