import type { Site } from '@splitlevel/guards/caller';
import mysql from 'mysql2';
import { callersOf, callSite } from '../../shared/callers.ts';
import {
  currentRequest,
  noteAsked,
  noteReleased,
  noteTaken,
  type RequestWork,
} from '../../shared/requests/request-work.ts';
import { noteStatementsOf, type Sender } from './note-statements.ts';

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
  /** Called by the driver when the connection breaks, too. */
  _removeFromPool(): void;
}

/** Classes that the driver's types leave out. */
interface Driver {
  readonly Pool: { readonly prototype: CorePool };
  readonly PoolConnection: { readonly prototype: PoolConnection };
}

interface Taken {
  readonly pool: CorePool;
  readonly site: Site;
  /** The request that it is for. */
  readonly work: RequestWork | undefined;
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
  const { Pool, PoolConnection } = mysql as unknown as Driver;
  noteStatementsOf(ownerOf(PoolConnection.prototype, 'query') as Sender);
  watchConnections(PoolConnection.prototype);
  const prototype = ownerOf(Pool.prototype, 'getConnection') as CorePool;
  const { getConnection, end } = prototype;
  Object.assign(prototype, {
    getConnection(this: CorePool, callback: (error: Error | null, connection?: PoolConnection) => void) {
      const site = callSite();
      const work = currentRequest();
      noteAsked(work, site);
      getConnection.call(this, (error, connection) => {
        if (connection) {
          take(connection, { pool: this, site, work, isPoolClosed: false });
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
  noteTaken(entry.work, connection, entry.site);
}

function giveBack(connection: PoolConnection): void {
  noteReleased(taken.get(connection)?.work, connection);
  taken.delete(connection);
}

/** Hears of every connection that goes back to its pool, or out of it for good. */
function watchConnections(prototype: PoolConnection): void {
  const { release, destroy, _removeFromPool: removeFromPool } = prototype;
  Object.assign(prototype, {
    release(this: PoolConnection) {
      giveBack(this);
      return release.call(this);
    },
    destroy(this: PoolConnection) {
      giveBack(this);
      return destroy.call(this);
    },
    _removeFromPool(this: PoolConnection) {
      if (!taken.get(this)?.isPoolClosed) {
        giveBack(this);
      }
      return removeFromPool.call(this);
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
