import { AssertionError } from 'node:assert';
import { recordStatements } from '../../evidence/fixture-evidence.ts';
import { type AssertionAccess, accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { hasPlan } from '../plans/repair.ts';
import { oneLine, type Statement } from './statement.ts';
import { statementLog } from './statement-log.ts';

/** The statements that a piece of code sent, and its result. */
export interface Sent<Result> {
  readonly statements: Statement[];
  readonly result: Result;
}

/** Sent into transactions that are open, and none of `work`: left out of what was sent. */
const FLUSH = 'SHOW server_version_num';

/** How many pieces of work are watched on a database: one may be a part of another. */
const watched = new WeakMap<PostgresDatabase, number>();

/**
 * The statements that `work` sent to the database, by their shapes, the most frequent first; those that steer a
 * transaction are among them. Read from the server, which counts what it ran to the end: a statement that failed is not
 * among them, and neither is what a function of the database did by itself.
 *
 * @throws {Error} of `work`; and when the server keeps no statement log, or the statement log cannot tell.
 */
export async function queriesOf(database: PostgresDatabase, work: () => unknown): Promise<Statement[]> {
  return (await watch(database, work)).statements;
}

/** Does a piece of work, and resolves with what it sent and came to. */
export async function watch<Result>(database: PostgresDatabase, work: () => Result): Promise<Sent<Awaited<Result>>> {
  const access = accessOf(database);
  const log = await statementLog(access.server);
  const others = watched.get(database) ?? 0;
  watched.set(database, others + 1);
  try {
    await log.tidy();
    if (others === 0) {
      await log.forget(access.name);
    }
    const forgotten = await log.forgotten();
    const before = await log.read(access.name);
    const result = await work();
    await endLastStatements(database, access);
    const statements = difference(before, await log.read(access.name));
    if ((await log.forgotten()) === forgotten) {
      recordStatements(database, recordable(statements));
      return { statements, result };
    }
  } finally {
    watched.set(database, (watched.get(database) ?? 1) - 1);
  }
  throw new Error(
    "The server's statement log was full and forgot some, so that they cannot be counted. Run the test " +
      'again, or raise pg_stat_statements.max of the server.',
  );
}

/**
 * A SELECT in a transaction enters the statement log when the next statement comes: so one is sent after it. In
 * isolation `rollback` the test's own look goes to the one transaction there is.
 */
async function endLastStatements(database: PostgresDatabase, { name, server }: AssertionAccess): Promise<void> {
  const open = () =>
    server.query<{ query: string }>(
      "SELECT query FROM pg_stat_activity WHERE datname = $1 AND state = 'idle in transaction' AND query <> $2",
      [name, FLUSH],
    );
  if ((await open()).length === 0) {
    return;
  }
  await database.query(FLUSH);
  const [left] = await open();
  if (left === undefined) {
    return;
  }
  throw new AssertionError({
    message:
      'What was sent cannot be told: a transaction is still open, and its last statement is not in the statement log yet: ' +
      `${oneLine(left.query)}\nBegin and end the transaction inside of the work that is counted.`,
    stackStartFn: watch,
  });
}

/** A statement other than a query may hold a secret, such as a password. */
function recordable(statements: readonly Statement[]): Statement[] {
  return statements
    .filter(({ sql }) => hasPlan(sql))
    .map((statement) => ({ ...statement, sql: oneLine(statement.sql) }));
}

function difference(before: readonly Statement[], after: readonly Statement[]): Statement[] {
  const known = new Map(before.map((entry) => [entry.sql, entry]));
  return after
    .filter(({ sql }) => sql !== FLUSH)
    .map(({ sql, calls, rows }) => ({
      sql,
      calls: calls - (known.get(sql)?.calls ?? 0),
      rows: rows - (known.get(sql)?.rows ?? 0),
    }))
    .filter(({ calls }) => calls > 0)
    .sort((one, other) => other.calls - one.calls || (one.sql < other.sql ? -1 : 1));
}
