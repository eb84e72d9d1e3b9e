import { randomBytes } from 'node:crypto';
import { openSessions, type ServerSession, urlOf } from './server-session.ts';

/** In database 0, which no test gets: the session that has taken a database, by its number. */
const LEASES = 'splitlevel:leases';
/** After the session of one that is not known to be empty: it may be somebody's own. */
const UNSURE = '?';

/** Hands a lease over only if it is as it was when its owner was found to be gone. */
const HAND_OVER = `
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1`;

/** A script's SELECT ends with it. */
const SIZE = `redis.call('SELECT', ARGV[1]) return redis.call('DBSIZE')`;
const FLUSH = `redis.call('SELECT', ARGV[1]) return redis.call('FLUSHDB')`;

/** A database that one process has to itself, with a user that can reach no other. */
export interface Lease {
  readonly database: number;
  /** Of the user. */
  readonly user: string;
  /** Of the server, as that user. */
  readonly url: string;
}

/**
 * Takes an empty database that nobody has. Those of processes that are gone are emptied and free again.
 * @throws {Error} when there is none
 */
export async function takeLease(session: ServerSession): Promise<Lease> {
  await sweep(session);
  const { connection, databases, id, server } = session;
  const taken = new Set(Object.keys(await readLeases(session)));
  for (let database = 1; database < databases; database++) {
    if (taken.has(String(database))) {
      continue;
    }
    if (!(await connection.send('HSETNX', LEASES, database, id + UNSURE))) {
      continue;
    }
    if (await connection.send('EVAL', SIZE, 0, database)) {
      await connection.send('HDEL', LEASES, database);
      continue;
    }
    await connection.send('HSET', LEASES, database, id);
    return { database, ...(await makeUser(session, database)) };
  }
  throw new Error(
    `All ${databases} databases of the Redis server (${server.identity}) are taken by tests or have keys of somebody else. ` +
      'Run fewer tests at a time, or give a server with more: redis-server --databases 512.',
  );
}

/** Empties a database: its keys, whatever made them. */
export async function empty({ connection }: ServerSession, { database }: Lease): Promise<void> {
  await connection.send('EVAL', FLUSH, 0, database);
}

/** Ends the connections to a database, empties it and gives it back. */
export async function giveLeaseBack(session: ServerSession, lease: Lease): Promise<void> {
  await free(session, lease.database, lease.user);
}

/** Frees the databases of processes that are gone: of their sessions no connection is open. */
async function sweep(session: ServerSession): Promise<void> {
  const { connection, id } = session;
  // In this order: who has a lease had a connection before it.
  const leases = await readLeases(session);
  const alive = await openSessions(connection);
  for (const [database, owner] of Object.entries(leases)) {
    const isUnsure = owner.endsWith(UNSURE);
    const gone = isUnsure ? owner.slice(0, -UNSURE.length) : owner;
    if (alive.has(gone)) {
      continue;
    }
    const mine = isUnsure ? id + UNSURE : id;
    if (!(await connection.send('EVAL', HAND_OVER, 1, LEASES, database, owner, mine))) {
      continue;
    }
    if (isUnsure) {
      await connection.send('HDEL', LEASES, database);
    } else {
      await free(session, Number(database), userName(gone, Number(database)));
    }
  }
}

async function free({ connection }: ServerSession, database: number, user: string): Promise<void> {
  await connection.send('ACL', 'DELUSER', user);
  await connection.send('EVAL', FLUSH, 0, database);
  await connection.send('HDEL', LEASES, database);
}

async function readLeases({ connection }: ServerSession): Promise<Record<string, string>> {
  const reply = (await connection.send('HGETALL', LEASES)) as Record<string, string> | string[];
  if (!Array.isArray(reply)) {
    return { ...reply };
  }
  return Object.fromEntries(reply.flatMap((key, index) => (index % 2 === 0 ? [[key, reply[index + 1] ?? '']] : [])));
}

/** Of what concerns the whole server it may do nothing that others would notice. */
async function makeUser({ connection, id, server }: ServerSession, database: number) {
  const user = userName(id, database);
  const password = randomBytes(16).toString('hex');
  await connection.send(
    'ACL',
    'SETUSER',
    user,
    'reset',
    'on',
    `>${password}`,
    '~*',
    '&*',
    '+@all',
    '-@admin',
    '-flushall',
    '-swapdb',
    '-move',
    '-script|flush',
    '-function',
    '+function|list',
    '-select',
    `+select|${database}`,
  );
  return { user, url: urlOf(server.url, database, { name: user, password }) };
}

function userName(session: string, database: number): string {
  return `splitlevel_${session}_${database}`;
}
