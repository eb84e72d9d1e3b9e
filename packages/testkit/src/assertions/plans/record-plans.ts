import { recordPlan } from '../../evidence/fixture-evidence.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { outline } from './plan.ts';
import type { PlannedStatements } from './plan-statements.ts';

/** Adds plans to the statements that the test's evidence has already. */
export function recordPlans(database: PostgresDatabase, planned: PlannedStatements['planned']): void {
  for (const { sql, plan } of planned) {
    recordPlan(database, sql, outline(plan));
  }
}
