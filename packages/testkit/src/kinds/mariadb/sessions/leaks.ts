import { LeakError } from '../../shared/test-error.ts';
import { waitBriefly } from '../../shared/wait-briefly.ts';
import type { Connection } from '../connection.ts';
import { describeSession, sessionIds, sessionsOf } from './sessions.ts';
import type { TestPool } from './test-pool.ts';
import { closedWhileTaken } from './watch-pools.ts';

const REMEDY =
  'Commit or roll back every transaction, release every connection and close every pool, also when an error is thrown ' +
  '(finally), and await all that the test starts. What was left was ended; the next test starts clean.';

/**
 * The error to fail a test with.
 * @param lines what it left in use, a line each.
 */
export function leftInUse(lines: readonly string[]): LeakError {
  return new LeakError(`The test ended and left its database in use:\n- ${lines.join('\n- ')}\n${REMEDY}`);
}

/** A database in use by a test. */
export interface InUse {
  /** The database's user, as whom the code under test connects; the database has the same name. */
  readonly user: string;
  readonly superuser: Connection;
  readonly pool: TestPool | undefined;
  /** The test's own look. */
  readonly look: Connection | undefined;
}

/**
 * Looks for what a test left in use: connections, but for idle ones of the fixture, and transactions on those.
 * @returns a line each, or none when all is free, for which it waits a moment.
 */
export async function findLeft({ user, superuser, pool, look }: InUse): Promise<string[]> {
  const isTheFixtures = (id: number) => id === look?.id || pool?.isIdle(id);
  const isFree = async () =>
    closedWhileTaken(user).length === 0 && (await sessionIds(superuser, user)).every(isTheFixtures);
  if (!(await waitBriefly(isFree))) {
    const left = (await sessionsOf(superuser, user)).filter(({ id }) => !isTheFixtures(id));
    const open = left.map((session) => {
      const taken = pool?.isOut(session.id) ? ', taken from database.pool and not given back' : '';
      return `${describeSession(session)}${taken}`;
    });
    return [...open, ...closedWhileTaken(user)];
  }
  const lines = (await pool?.heldByIdle()) ?? [];
  const [row] = (await look?.query<{ open: number }>('SELECT @@in_transaction AS open').catch(() => [])) ?? [];
  return Number(row?.open) === 1 ? [...lines, "a transaction that the test's own database.query began"] : lines;
}
