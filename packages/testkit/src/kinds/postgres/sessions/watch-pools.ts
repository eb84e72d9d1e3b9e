import type { Site } from '@splitlevel/guards/caller';
import pg from 'pg';
import { callSite } from '../../shared/callers.ts';
import { notePool } from '../../shared/requests/pool-problems.ts';
import {
  currentRequest,
  noteAsked,
  noteStatement as noteOfRequest,
  noteReleased,
  noteTaken,
} from '../../shared/requests/request-work.ts';
import { freeLeaked } from './free-leaked.ts';
import { poolProblems } from './pool-problems.ts';
import { noteSessionStatement } from './session-statements.ts';
import { type Taken, taken } from './taken-connections.ts';

type Pool = pg.Pool & { options: pg.PoolConfig };
interface Connect {
  call(pool: pg.Pool): Promise<pg.PoolClient>;
  call(pool: pg.Pool, callback: Callback): void;
}
type Callback = (error: Error | undefined, client?: pg.PoolClient, done?: (release?: unknown) => void) => void;

/** The clients that are connected, with the pool that they are of. */
const connected = new Map<pg.ClientBase, pg.Pool | undefined>();
const untracked = new WeakSet<pg.Pool>();
const watched = new WeakSet<pg.Pool>();
let isWatching = false;

/**
 * From now on it is known of every pool of this process, whoever made it, which of its connections are out, and where they
 * were taken.
 */
export function watchPools(): void {
  if (isWatching) {
    return;
  }
  isWatching = true;
  const { connect, end } = pg.Pool.prototype;
  Object.assign(pg.Pool.prototype, {
    connect(this: Pool, callback?: Callback) {
      return untracked.has(this) ? Reflect.apply(connect, this, [callback]) : take(this, connect as Connect, callback);
    },
    end(this: Pool, callback?: () => void) {
      freeLeaked(this);
      return Reflect.apply(end, this, [callback]);
    },
  });
  const { connect: connectClient, query } = pg.Client.prototype;
  Object.assign(pg.Client.prototype, {
    connect(this: pg.Client, ...parameters: unknown[]) {
      connected.set(this, connected.get(this));
      this.once('end', () => connected.delete(this));
      return Reflect.apply(connectClient, this, parameters);
    },
    query(this: pg.Client, ...parameters: unknown[]) {
      const takenAt = noteStatement(this, parameters[0]);
      noteSessionStatement(this, { statement: parameters[0], values: parameters[1], takenAt });
      return sendNoted(this, parameters, (noted) => Reflect.apply(query, this, noted));
    },
  });
}

/** For a pool that keeps track itself. */
export function leaveUntracked(pool: pg.Pool): void {
  untracked.add(pool);
}

function take(pool: Pool, connect: Connect, callback?: Callback): Promise<pg.PoolClient> | undefined {
  watch(pool);
  const work = currentRequest();
  const entry: Taken = { database: databaseOf(pool), pool, site: callSite(), work };
  taken.add(entry);
  noteAsked(work, entry.site);
  if (callback === undefined) {
    return connect.call(pool).then(
      (client) => {
        entry.client = client;
        noteTaken(work, client, entry.site);
        return client;
      },
      (error: unknown) => {
        taken.delete(entry);
        throw error;
      },
    );
  }
  connect.call(pool, (error, client, done) => {
    if (client) {
      entry.client = client;
      noteTaken(work, client, entry.site);
    } else {
      taken.delete(entry);
    }
    callback(error, client, done);
  });
  return undefined;
}

/** Lets sessions be ended by the server, by pid, without an event that nobody hears and that ends the process. */
export function quietly(pids: readonly number[]): void {
  for (const [client, pool] of connected) {
    if (!pids.includes((client as { processID?: number }).processID ?? 0)) {
      continue;
    }
    client.on('error', () => {});
    pool?.on('error', () => {});
  }
}

/**
 * A library may take a connection where no stack leads back to the code; it does where the code sends a statement.
 * @returns where the connection was taken, if it is out of a pool.
 */
function noteStatement(client: pg.Client, statement: unknown): Site | undefined {
  let takenAt: Site | undefined;
  for (const entry of taken) {
    if ((entry.client as unknown) !== client) {
      continue;
    }
    const sql = typeof statement === 'string' ? statement : String((statement as { text?: unknown } | null)?.text);
    entry.last = { sql, site: callSite() };
    takenAt = entry.site;
  }
  return takenAt;
}

type Result = { readonly rows?: readonly unknown[] } | undefined;

/** Sends a statement, and hears of its result. */
function sendNoted(
  client: pg.Client,
  parameters: readonly unknown[],
  send: (parameters: readonly unknown[]) => unknown,
): unknown {
  const [statement] = parameters;
  const config = statement as { text?: unknown } | null;
  const sql = typeof statement === 'string' ? statement : config?.text;
  if (typeof sql !== 'string') {
    return send(parameters); // a cursor
  }
  const pool = connected.get(client);
  notePool(currentRequest(), pool, () => (pool === undefined ? [] : poolProblems(pool, client)));
  const ended = noteOfRequest(client, sql);
  const callback = parameters.at(-1);
  if (typeof callback === 'function') {
    return send(
      parameters.with(-1, (error: unknown, result: Result) => {
        ended(error ? 'failed' : result?.rows?.length);
        callback(error, result);
      }),
    );
  }
  const sent = send(parameters);
  if (sent instanceof Promise) {
    sent.then(
      (result: Result) => ended(result?.rows?.length),
      () => ended('failed'),
    );
  } else {
    ended();
  }
  return sent;
}

/** Hears of the connections of a pool from now on. */
export function watch(pool: pg.Pool): void {
  if (watched.has(pool)) {
    return;
  }
  watched.add(pool);
  const isBack = (client: pg.PoolClient) => {
    for (const entry of taken) {
      if (entry.client === client) {
        taken.delete(entry);
        noteReleased(entry.work, client);
      }
    }
  };
  pool.on('connect', (client) => connected.set(client, pool));
  pool.on('release', (_error, client) => isBack(client));
  pool.on('remove', isBack);
}

function databaseOf({ options }: Pool): string {
  if (options.connectionString === undefined) {
    return options.database ?? '';
  }
  return decodeURIComponent(URL.parse(options.connectionString)?.pathname.slice(1) ?? '');
}
