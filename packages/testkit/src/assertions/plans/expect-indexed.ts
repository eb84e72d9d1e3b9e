import { AssertionError } from 'node:assert';
import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { watch } from '../queries/queries-of.ts';
import { describeUnplanned } from './describe-unplanned.ts';
import { findUnserved, type Unserved } from './find-unserved.ts';
import { describeNode } from './plan.ts';
import { planStatements } from './plan-statements.ts';
import { recordPlans } from './record-plans.ts';

export interface IndexedOptions {
  /** Statements that need no index, by their text on one line, as the failure shows it. */
  readonly except?: RegExp;
}

/**
 * Expects that an index could serve every statement that `work` sends, however few rows the tables have. A plain read
 * of a whole table needs none. Resolves with what `work` comes to.
 *
 * @throws {AssertionError} that shows the statement, the scan that no index serves, and the index that is missing; also
 * for a statement that the server cannot plan without its values, and when `work` sends none, since then nothing is
 * proved.
 */
export async function expectIndexed<Result>(
  database: PostgresDatabase,
  work: () => Result,
  { except }: IndexedOptions = {},
): Promise<Awaited<Result>> {
  const { statements, result } = await watch(database, work);
  const { planned, unplanned, partial } = await planStatements(accessOf(database), statements, {
    sequentialScans: false,
  });
  recordPlans(database, planned);
  const isExempt = ({ sql }: { sql: string }) => except !== undefined && sql.search(except) >= 0;
  const all = [...planned, ...unplanned];
  const problems = [
    ...planned
      .filter((entry) => !isExempt(entry))
      .flatMap(({ sql, plan }) => describeUnserved(sql, findUnserved(plan, partial))),
    ...unplanned.filter((entry) => !isExempt(entry)).map(describeUnplanned),
  ];
  if (all.length === 0) {
    problems.push('Nothing is proved about indexes: work sent no statement that reads or changes rows.');
  }
  if (except !== undefined && !all.some(isExempt)) {
    problems.push(`No statement matches except: ${except}. Remove it.`);
  }
  if (problems.length === 0) {
    return result;
  }
  throw new AssertionError({ message: problems.join('\n'), stackStartFn: expectIndexed });
}

function describeUnserved(sql: string, scans: readonly Unserved[]): string[] {
  if (scans.length === 0) {
    return [];
  }
  const lines = scans.flatMap(({ node, reason, hint }) => [
    `  ${describeNode(node)}${reason ? `, ${reason}` : ''}`,
    `  hint: ${hint ?? 'none is known for such a condition: compare the column itself, or let { except: /…/ } match the statement'}`,
  ]);
  return [
    `No index can serve this statement:\n  ${sql}`,
    'An index would have been taken, however small the table: the plan is one without sequential scans.',
  ].toSpliced(1, 0, ...lines);
}
