import { LeakError } from '../../shared/test-error.ts';
import type { WorkerDatabase } from '../isolation/worker-database.ts';
import type { ServerSession } from '../server/server-session.ts';
import { describeSession, leftSessions, rollBackPrepared, terminate } from './sessions.ts';
import type { Leak } from './taken-connections.ts';
import { quietly } from './watch-pools.ts';

const REMEDY =
  'Commit or roll back every transaction, release every connection and close every client and pool, also when an error ' +
  'is thrown (finally), and await all that the test starts. What was left was ended; the next test starts clean.';

/** Connections and locks that a test left in use. */
interface Left {
  /** A line each. */
  readonly lines: string[];
  readonly pids: readonly number[];
}

export async function findLeft(session: ServerSession, database: WorkerDatabase): Promise<Left> {
  const sessions = await leftSessions(session.connection, database.clone.name, await database.ownSessions());
  const { leaks } = database;
  const pids = [...sessions, ...leaks].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  const lines = sessions.map((session) => {
    const leak = leaks.find(({ pid }) => pid === session.pid);
    return describeSession(session) + (leak ? `; ${describeLeak(leak)}` : '');
  });
  const idle = leaks.filter(({ pid }) => pid === undefined || !sessions.some((session) => session.pid === pid));
  return { lines: [...lines, ...idle.map(describeLeak)], pids: [...new Set(pids)] };
}

/**
 * Ends all that a test left in use. Resolves with the error to fail the test with, or nothing if it has gone by now.
 */
export async function endLeft(session: ServerSession, database: WorkerDatabase): Promise<LeakError | undefined> {
  const { lines, pids } = await findLeft(session, database);
  const { isInUse } = database;
  database.forgetLeaks();
  quietly(pids);
  await terminate(session.connection, pids);
  const prepared = await rollBackPrepared(await database.writeLog());
  lines.push(...prepared.map((name) => `the prepared transaction '${name}' was neither committed nor rolled back`));
  if (isInUse) {
    database.abandonPools();
  }
  if (lines.length === 0) {
    return undefined;
  }
  return leftInUse(lines);
}

function leftInUse(lines: readonly string[]): LeakError {
  return new LeakError(`The test ended and left its database in use:\n- ${lines.join('\n- ')}\n${REMEDY}`);
}

/** @param held what sessions that were given back to the pool held, a line each. */
export function leftInSessions(held: readonly string[]): LeakError {
  return new LeakError(
    `The test ended, and who gets a session of the pool next meets what was left in it:\n- ${held.map((line) => `database.pool: ${line}`).join('\n- ')}\n` +
      'Set it back before the session is given back, also when an error is thrown (finally). The next test starts clean.',
  );
}

export function describeLeak({ pid, takenAt, last, atEnd }: Leak): string {
  const ended = atEnd ? ', so that the end of its pool would have waited for it for ever' : '';
  const state = pid === undefined ? 'was asked for and not awaited' : `(pid ${pid}) was not given back${ended}`;
  const used = last ? `\n  its last statement was sent${indented(last.sentAt)}\n    ${last.sql.slice(0, 300)}` : '';
  return `a connection of a pool ${state}; it was taken${indented(takenAt)}${used}`;
}

function indented(stack: string): string {
  return `\n${stack}`.replaceAll('\n', '\n    ');
}
