import type { AssertionAccess } from '../../kinds/postgres/assertion-access.ts';
import { Connection } from '../../kinds/postgres/connection.ts';
import { oneLine, type Statement } from '../queries/statement.ts';
import type { PlanNode } from './plan.ts';
import { hasPlan, mended, type Refusal, repaired } from './repair.ts';
import { versionProblem } from './version-problem.ts';

/** The statements of a piece of work, with their plans where the server makes one. */
export interface PlannedStatements {
  readonly planned: readonly { readonly sql: string; readonly plan: PlanNode }[];
  readonly unplanned: readonly { readonly sql: string; readonly problem: string }[];
  /** Names of indexes that have a part of their table's rows. */
  readonly partial: ReadonlySet<string>;
}

export interface PlanOptions {
  /** Whether the planner may take sequential scans where an index would do. */
  readonly sequentialScans: boolean;
}

const MOST_REPAIRS = 20;

/**
 * Plans statements for whatever values, as the code's role, on a connection of its own; none is run.
 * @throws {Error} when the server is older than PostgreSQL 16, which does not plan without values.
 */
export async function planStatements(
  { superuserUrl, owner }: AssertionAccess,
  statements: readonly Statement[],
  { sequentialScans }: PlanOptions,
): Promise<PlannedStatements> {
  const connection = await Connection.open(superuserUrl, {
    name: 'an assertion of the testkit',
    // The statement log does not count what the testkit explains.
    settings: { enable_seqscan: sequentialScans ? 'on' : 'off', 'pg_stat_statements.track': 'none', role: owner },
  });
  try {
    await refuseOldServer(connection);
    const partial = await connection.query<{ name: string }>(
      'SELECT relname AS name FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indpred IS NOT NULL',
    );
    const planned: { sql: string; plan: PlanNode }[] = [];
    const unplanned: { sql: string; problem: string }[] = [];
    for (const { sql } of statements.filter((statement) => hasPlan(statement.sql))) {
      const outcome = await planOf(connection, mended(sql));
      if ('problem' in outcome) {
        unplanned.push({ sql: oneLine(sql), ...outcome });
      } else {
        planned.push({ sql: oneLine(sql), ...outcome });
      }
    }
    return { planned, unplanned, partial: new Set(partial.map(({ name }) => name)) };
  } finally {
    await connection.close();
  }
}

async function planOf(connection: Connection, sql: string): Promise<{ plan: PlanNode } | { problem: string }> {
  let text = sql;
  let first: string | undefined;
  for (let attempt = 0; attempt <= MOST_REPAIRS; attempt++) {
    try {
      const [row] = await connection.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `EXPLAIN (GENERIC_PLAN, VERBOSE, FORMAT JSON) ${text}`,
      );
      if (row === undefined) {
        break;
      }
      return { plan: row['QUERY PLAN'][0].Plan };
    } catch (error) {
      const refusal = error as Refusal;
      first ??= refusal.message;
      const next = repaired(text, refusal);
      if (next === undefined) {
        break;
      }
      text = next;
    }
  }
  return { problem: first ?? 'no plan' };
}

async function refuseOldServer(connection: Connection): Promise<void> {
  const [server] = await connection.query<{ number: number; name: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS name",
  );
  const problem = server && versionProblem(server);
  if (problem) {
    throw new Error(problem);
  }
}
