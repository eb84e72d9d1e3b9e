import type { Connection } from '../../kinds/postgres/connection.ts';
import { lockClasses } from '../../kinds/postgres/postgres-names.ts';
import { type StatementLogSettings, statementLogProblem } from './check-statement-log.ts';
import type { Statement } from './statement.ts';

/** The log of all statements that a server ran: https://www.postgresql.org/docs/18/pgstatstatements.html */
export interface StatementLog {
  /** Forgets what a database was sent, so that a shape has the text that it is sent with next. */
  forget(database: string): Promise<void>;
  /** The statements that clients sent to a database, but for the superuser's, in sums. */
  read(database: string): Promise<Statement[]>;
  /** How often the statement log was full and forgot what was seldom sent. */
  forgotten(): Promise<string>;
  /** Keeps reading quick, by forgetting what databases that are gone were sent, once it is much. */
  tidy(): Promise<void>;
}

/** Each reading goes through all entries of the server, two thousand in a millisecond. */
const ENTRIES_OF_GONE = 500;

const SETTINGS = `SELECT current_setting('pg_stat_statements.max', true) AS max,
  current_setting('pg_stat_statements.track', true) AS track, current_setting('compute_query_id') AS "queryIds"`;

const logs = new WeakMap<Connection, Promise<StatementLog>>();

/**
 * The statement log of the server that a superuser's connection leads to; its extension is created in the connection's
 * database.
 * @throws {Error} when the server keeps none.
 */
export function statementLog(server: Connection): Promise<StatementLog> {
  let log = logs.get(server);
  if (log === undefined) {
    log = open(server);
    logs.set(server, log);
    log.catch(() => logs.delete(server));
  }
  return log;
}

async function open(server: Connection): Promise<StatementLog> {
  const [settings] = await server.query<StatementLogSettings>(SETTINGS);
  const problem = settings && statementLogProblem(settings);
  if (problem) {
    throw new Error(problem);
  }
  const schema = await extensionSchema(server);
  return {
    forget: async (database) => {
      await server.query(`SELECT ${schema}.pg_stat_statements_reset(0, oid, 0) FROM pg_database WHERE datname = $1`, [
        database,
      ]);
    },
    read: (database) =>
      server.query<Statement>(
        `SELECT query AS sql, sum(calls)::int AS calls, sum(rows)::int AS rows
         FROM ${schema}.pg_stat_statements(true)
         WHERE dbid = (SELECT oid FROM pg_database WHERE datname = $1) AND toplevel
           AND userid <> (SELECT oid FROM pg_roles WHERE rolname = current_user)
         GROUP BY query`,
        [database],
      ),
    forgotten: async () => {
      const [info] = await server.query<{ dealloc: string }>(`SELECT dealloc FROM ${schema}.pg_stat_statements_info`);
      return String(info?.dealloc);
    },
    tidy: async () => {
      await server.query(
        `WITH gone AS MATERIALIZED (
           SELECT dbid, count(*) AS entries FROM ${schema}.pg_stat_statements(false)
           WHERE dbid NOT IN (SELECT oid FROM pg_database) GROUP BY dbid)
         SELECT ${schema}.pg_stat_statements_reset(0, dbid, 0) FROM gone
         WHERE (SELECT sum(entries) FROM gone) > ${ENTRIES_OF_GONE}`,
      );
    },
  };
}

/** The schema that the extension is in, which may be there already, as on a server that is given. */
async function extensionSchema(server: Connection): Promise<string> {
  const lock = [lockClasses.extension, 0];
  await server.query('SELECT pg_advisory_lock($1, $2)', lock);
  try {
    await server.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  } catch (cause) {
    throw new Error(
      `The extension pg_stat_statements, by which queries are counted, could not be created: ${(cause as Error).message}`,
      { cause },
    );
  } finally {
    await server.query('SELECT pg_advisory_unlock($1, $2)', lock);
  }
  const [row] = await server.query<{ schema: string }>(
    "SELECT extnamespace::regnamespace::text AS schema FROM pg_extension WHERE extname = 'pg_stat_statements'",
  );
  return row?.schema ?? 'public';
}
