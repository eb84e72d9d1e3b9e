import pg from 'pg';
import type { AssertionAccess } from '../../kinds/postgres/assertion-access.ts';
import type { Connection } from '../../kinds/postgres/connection.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { terminate } from '../../kinds/postgres/sessions/sessions.ts';

const { escapeIdentifier, escapeLiteral } = pg;

/** SQLSTATE of an invalid value of a setting. */
const INVALID_VALUE = '22023';

/** Runs work with another time zone of the sessions that the code under test opens. */
export async function inSessionZone<T>(
  database: PostgresDatabase,
  { name, owner, inspector }: AssertionAccess,
  zone: string,
  work: () => T | Promise<T>,
): Promise<T> {
  const connection = await inspector();
  const setting = `ALTER ROLE ${escapeIdentifier(owner)} IN DATABASE ${escapeIdentifier(name)}`;
  const before = await readZone(connection, name, owner);
  // The test's own look stays with the file, and must not get a zone that it cannot put off again.
  await database.query('SELECT 1');
  await closeIdle(database, connection);
  await connection.query(`${setting} SET TimeZone = ${escapeLiteral(zone)}`).catch((error) => {
    throw explained(error, zone);
  });
  try {
    return await work();
  } finally {
    await connection.query(
      before === undefined ? `${setting} RESET TimeZone` : `${setting} SET TimeZone = ${escapeLiteral(before)}`,
    );
    await closeIdle(database, connection);
  }
}

function explained(cause: unknown, zone: string): unknown {
  if ((cause as { code?: string }).code !== INVALID_VALUE) {
    return cause;
  }
  return new Error(
    `'${zone}' is not a time zone that PostgreSQL knows. Write a name such as 'Asia/Kolkata' or 'UTC'.`,
    {
      cause,
    },
  );
}

/** The settings of the role in this database, made by migrations. */
async function readZone(connection: Connection, name: string, owner: string): Promise<string | undefined> {
  const [row] = await connection.query<{ zone: string }>(
    `SELECT substring(item FROM '=(.*)') AS zone
     FROM pg_db_role_setting AS s JOIN pg_database AS d ON d.oid = setdatabase JOIN pg_roles AS r ON r.oid = setrole,
       unnest(setconfig) AS item
     WHERE datname = $1 AND rolname = $2 AND item ILIKE 'timezone=%'`,
    [name, owner],
  );
  return row?.zone;
}

/** A session has the zone of its start for ever, so those of the pool are replaced by new ones. */
async function closeIdle({ pool }: PostgresDatabase, connection: Connection): Promise<void> {
  if (pool.ending) {
    return;
  }
  const idle = await Promise.all(Array.from({ length: pool.idleCount }, () => pool.connect()));
  const pids = idle.map((client) => (client as unknown as { processID: number }).processID);
  for (const client of idle) {
    client.release(true);
  }
  // Waits until they are gone: one that is still ending would be taken for left open.
  await terminate(connection, pids);
}
