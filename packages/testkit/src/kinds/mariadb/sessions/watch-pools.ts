import type { Site } from '@splitlevel/guards/caller';
import mysql from 'mysql2/promise';
import { callersOf, callSite } from '../../shared/callers.ts';

/** Properties of the driver's callback pools and their connections that its types leave out. */
interface CorePool {
  readonly config: { readonly connectionConfig: { readonly database?: string } };
  getConnection(callback: (error: Error | null, connection?: PoolConnection) => void): void;
  end(callback?: (error?: Error) => void): void;
}
interface PoolConnection {
  readonly threadId: number;
  release(): void;
  destroy(): void;
}

interface Taken {
  readonly pool: CorePool;
  readonly site: Site;
  isPoolClosed: boolean;
}

/** The connections that are out of any pool of this process. */
const taken = new Map<PoolConnection, Taken>();
let isWatching = false;

/**
 * From now on it is known of every pool of this process, whoever made it, which connections were out of it when it was
 * closed: closing it ends them, so that the server does not show them any more.
 */
export function watchPools(): void {
  if (isWatching) {
    return;
  }
  isWatching = true;
  const pool = mysql.createPool({}) as unknown as { pool: CorePool; end(): Promise<void> };
  const prototype = ownerOf(pool.pool, 'getConnection') as CorePool;
  void pool.end();
  const { getConnection, end } = prototype;
  Object.assign(prototype, {
    getConnection(this: CorePool, callback: (error: Error | null, connection?: PoolConnection) => void) {
      const site = callSite();
      getConnection.call(this, (error, connection) => {
        if (connection) {
          take(connection, { pool: this, site, isPoolClosed: false });
        }
        callback(error, connection);
      });
    },
    end(this: CorePool, callback?: (error?: Error) => void) {
      for (const entry of taken.values()) {
        if (entry.pool === this) {
          entry.isPoolClosed = true;
        }
      }
      return end.call(this, callback);
    },
  });
}

/** Connections that were out when their pool was closed, and were not given back since, of the pools to a database. */
export function closedWhileTaken(database: string): string[] {
  return [...taken].flatMap(([connection, { pool, site, isPoolClosed }]) => {
    if (!isPoolClosed || databaseOf(pool) !== database) {
      return [];
    }
    const place = `\n${callersOf(site)}`.replaceAll('\n', '\n    ');
    return [
      `connection ${connection.threadId} of a pool was not given back, and was ended with its pool; it was taken${place}`,
    ];
  });
}

/** Forgets what is out of a database: the test was told. */
export function forgetTaken(database: string): void {
  for (const [connection, { pool }] of taken) {
    if (databaseOf(pool) === database) {
      taken.delete(connection);
    }
  }
}

function take(connection: PoolConnection, entry: Taken): void {
  taken.set(connection, entry);
  watchConnections(connection);
}

let areConnectionsWatched = false;

/** Hears of every connection that goes back to its pool, or out of it for good. */
function watchConnections(example: PoolConnection): void {
  if (areConnectionsWatched) {
    return;
  }
  areConnectionsWatched = true;
  const prototype = ownerOf(example, 'release') as PoolConnection;
  const { release, destroy } = prototype;
  Object.assign(prototype, {
    release(this: PoolConnection) {
      taken.delete(this);
      return release.call(this);
    },
    destroy(this: PoolConnection) {
      taken.delete(this);
      return destroy.call(this);
    },
  });
}

function databaseOf({ config }: CorePool): string | undefined {
  return config.connectionConfig.database;
}

/** The object in the chain of prototypes that has a method itself. */
function ownerOf(object: object, method: string): object {
  let owner = object;
  while (!Object.hasOwn(owner, method)) {
    owner = Object.getPrototypeOf(owner) as object;
  }
  return owner;
}
