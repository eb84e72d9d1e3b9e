import { addToFailure } from '../shared/add-to-failure.ts';
import type { Outcome, TestScope } from '../shared/fixture-kind.ts';
import { keepEvidence } from './evidence.ts';
import { explainError } from './explain-error.ts';
import type { WorkerDatabase } from './isolation/worker-database.ts';
import { recordRows } from './record-rows.ts';
import type { ServerSession } from './server/server-session.ts';
import { findLeft } from './sessions/leaks.ts';

/**
 * Adds to a failure what its database has to say: what lies behind an error of the server, what was left open, and how
 * to look at the rows. Never throws: the test has failed already, and its own error comes first.
 * @returns whether the database is kept.
 */
export async function explainFailure(
  session: ServerSession,
  database: WorkerDatabase,
  test: TestScope,
  outcome: Outcome,
): Promise<boolean> {
  const isExplained = await explainErrors(outcome);
  try {
    const { lines } = await findLeft(session, database);
    if (lines.length > 0) {
      addToFailure(outcome, `When the test failed, its database was in use:\n- ${lines.join('\n- ')}`);
    }
    await recordRows(database.clone, outcome.evidence);
    return await keepEvidence(session, database.clone, test, outcome);
  } catch (error) {
    const remedy = isExplained ? undefined : await explainError(error);
    const text = `The database of this test could not be kept: ${(error as Error).message}`;
    addToFailure(outcome, remedy === undefined ? text : `${text}\n${remedy}`);
    return false;
  }
}

/** Says what lies behind an error of a test that carries a code of the server. Resolves with whether one does. */
export async function explainErrors(outcome: Outcome): Promise<boolean> {
  for (const error of outcome.errors) {
    const text = await explainError(error);
    if (text === undefined) {
      continue;
    }
    addToFailure(outcome, text);
    return true;
  }
  return false;
}
