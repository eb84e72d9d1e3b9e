import { diagnose, wasAcquired } from '../../servers/acquire.ts';
import { ROLLBACK_REASON, ROLLBACK_REMEDY } from './isolation/isolation-error.ts';
import { server as postgresServer } from './server/postgres-server.ts';

/** An error as the driver throws it, or as Vitest keeps it. */
interface Problem {
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/**
 * Advice by SQLSTATE (https://www.postgresql.org/docs/18/errcodes-appendix.html). Only where the cause lies outside
 * of the code under test.
 */
const remedies: Readonly<Record<string, string>> = {
  '53100':
    'The disk of the PostgreSQL server is full. A server of the testkit keeps its data in memory, of a stated size: ' +
    'let tests write less, or run fewer workers (--maxWorkers=2). For a server of your own, free space on it.',
  '53200': 'The PostgreSQL server is out of memory: run fewer workers (--maxWorkers=2).',
  '53300':
    'The PostgreSQL server has no connection left. Pools that tests open and do not close are the usual cause: use ' +
    'database.pool, or close yours when the test ends. Else give pools a smaller max, or run fewer workers (--maxWorkers=2).',
  '3D000':
    'The database is gone: the server was started anew, or another run swept it as left behind. Run the tests again.',
  '28P01':
    'The PostgreSQL server refused the password. If TESTKIT_POSTGRES_URL is set, correct the password in it; else ' +
    'another server answers on that port: run the tests again.',
  TK001: `${ROLLBACK_REASON} ${ROLLBACK_REMEDY}`,
  '25P02':
    "An earlier statement of the transaction failed, and PostgreSQL takes no other until its end. In isolation 'rollback' " +
    "the whole test is one transaction: use SAVEPOINT, or test.override('isolation', 'worker').",
};

/** The server went away, or was not there. */
const GONE = new Set(['57P01', '57P02', '57P03', '08006', '08001', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOENT']);
const TERMINATED = /Connection terminated|timeout expired|Query read timeout|Client has encountered a connection error/;

const ENDED =
  'The PostgreSQL server is well, but the connection was ended: by pg_terminate_backend, by a time-out of the server, ' +
  'or by the testkit, which ends what a test left open.';

/** Causes of causes are looked at, but not for ever. */
const DEPTH = 5;

/**
 * Says what lies behind an error of PostgreSQL or of the way to it, and what to do.
 * @returns nothing for errors that are the code's own.
 */
export async function explainError(error: unknown): Promise<string | undefined> {
  let gone = false;
  for (const { code, message } of chainOf(error)) {
    const remedy = typeof code === 'string' ? remedies[code] : undefined;
    if (remedy !== undefined) {
      return remedy;
    }
    gone ||= (typeof code === 'string' && GONE.has(code)) || TERMINATED.test(String(message));
  }
  // Of a server that this process never had, the error itself says why.
  if (!gone || !wasAcquired(postgresServer)) {
    return undefined;
  }
  return (await diagnose(postgresServer).catch(() => undefined)) ?? ENDED;
}

function* chainOf(error: unknown, depth = 0): Generator<Problem> {
  if (depth > DEPTH || typeof error !== 'object' || error === null) {
    return;
  }
  const problem = error as Problem;
  yield problem;
  if (Array.isArray(problem.errors)) {
    for (const one of problem.errors.slice(0, 10)) {
      yield* chainOf(one, depth + 1);
    }
  }
  yield* chainOf(problem.cause, depth + 1);
}
