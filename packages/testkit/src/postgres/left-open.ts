import { busySessions, describeSession, rollBackPrepared, terminate } from './busy.ts';
import type { ServerSession } from './server-session.ts';
import type { Leak } from './tracked-pool.ts';
import type { WorkerDatabase } from './worker-database.ts';

/** A test that ended and left something of its database in use. */
export class LeftOpenError extends Error {
  override readonly name = 'LeftOpenError';
}

const REMEDY =
  'Commit or roll back every transaction and release every connection, also when an error is thrown (finally), and ' +
  'await all that the test starts. What was left was ended; the next test starts clean.';

/** What a test left in use. */
interface Left {
  /** A line each. */
  readonly lines: string[];
  readonly pids: readonly number[];
}

export async function findLeft(session: ServerSession, database: WorkerDatabase): Promise<Left> {
  const sessions = await busySessions(session.connection, database.clone.name);
  const { leaks } = database;
  const pids = [...sessions, ...leaks].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  return { lines: [...sessions.map(describeSession), ...leaks.map(describeLeak)], pids: [...new Set(pids)] };
}

/** Ends all that a test left in use. Resolves with the error to fail the test with, or nothing if it has gone by now. */
export async function endLeft(session: ServerSession, database: WorkerDatabase): Promise<LeftOpenError | undefined> {
  const { lines, pids } = await findLeft(session, database);
  await terminate(session.connection, pids);
  const prepared = await rollBackPrepared(await database.ledger());
  lines.push(...prepared.map((name) => `the prepared transaction '${name}' was neither committed nor rolled back`));
  if (database.isInUse) database.abandonPools();
  if (lines.length === 0) return undefined;
  return new LeftOpenError(`The test ended and left its database in use:\n- ${lines.join('\n- ')}\n${REMEDY}`);
}

export function describeLeak({ pid, takenAt }: Leak): string {
  const state = pid === undefined ? 'was asked for and not awaited' : `(pid ${pid}) was not given back`;
  return `a connection of database.pool ${state}; it was taken\n    ${takenAt.replaceAll('\n', '\n    ')}`;
}
