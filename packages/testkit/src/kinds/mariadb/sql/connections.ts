import { sleep } from '@splitlevel/guards/originals';
import type { HeldLocks } from '../../shared/sql/sql-dialect.ts';
import { Connection } from '../connection.ts';

/**
 * What the server says of transactions is renewed when nobody asked for a tenth of a second:
 * https://mariadb.com/docs/server/reference/system-tables/information-schema/information-schema-tables/information-schema-innodb-tables/information-schema-innodb_lock_waits-table
 */
const RENEWED_MS = 110;

/** Connections that wait for a row, or for a table, that the connection `?` has locked. */
const WAITING = `
  SELECT waits.trx_mysql_thread_id AS id
  FROM information_schema.INNODB_LOCK_WAITS AS l
  JOIN information_schema.INNODB_TRX AS waits ON waits.trx_id = l.requesting_trx_id
  JOIN information_schema.INNODB_TRX AS holds ON holds.trx_id = l.blocking_trx_id
  WHERE holds.trx_mysql_thread_id = ?
  UNION
  SELECT ID FROM information_schema.PROCESSLIST
  WHERE STATE = 'Waiting for table metadata lock' AND USER = (SELECT USER FROM information_schema.PROCESSLIST WHERE ID = ?)`;

/** Holds the locks that a statement takes. */
export async function holdLocks(superuser: Connection, url: string, statement: string): Promise<HeldLocks> {
  const holder = await Connection.open(url);
  const release = async () => {
    // `LOCK TABLES` is of no transaction.
    await holder.query('ROLLBACK').catch(() => {});
    await holder.query('UNLOCK TABLES').catch(() => {});
    holder.close();
  };
  try {
    await holder.query('START TRANSACTION');
    const { length: rows } = await holder.query(statement);
    return {
      rows,
      async waiters() {
        await sleep(RENEWED_MS);
        return (await superuser.query<{ id: number }>(WAITING, [holder.id, holder.id])).map(({ id }) => id);
      },
      async breakConnections(ids) {
        for (const id of ids) {
          await superuser.query(`KILL CONNECTION ${id}`);
        }
      },
      release,
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/**
 * Lets the server refuse new connections of the database's user. The least limit that there is is one, and the server
 * counts connections that were made since there is one: so that one is taken. Resolves with what ends that.
 */
export async function refuseConnections(
  superuser: Connection,
  url: string,
  user: string,
): Promise<() => Promise<void>> {
  const limit = (most: number) => superuser.query(`ALTER USER ?@'%' WITH MAX_USER_CONNECTIONS ${most}`, [user]);
  await limit(1);
  // The code under test may have been quicker, and is the one then.
  const only = await Connection.open(url).catch(() => undefined);
  return async () => {
    await limit(0);
    only?.close();
  };
}
