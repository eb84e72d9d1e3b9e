import type { Site } from '@splitlevel/guards/caller';
import type pg from 'pg';
import { callersOf } from '../../shared/callers.ts';
import type { RequestWork } from '../../shared/requests/request-work.ts';

/** A connection that was taken from a pool and not given back. */
export interface Leak {
  readonly pid: number | undefined;
  /** Where the code took it: the lines of the stack outside of the driver. */
  readonly takenAt: string;
  /** The last statement that it was used for, and where that was sent. */
  readonly last?: { readonly sql: string; readonly sentAt: string } | undefined;
  /** Whether its pool was being closed, and waited for it. */
  readonly atEnd?: boolean;
}

/** Properties of the driver's connections that its types leave out. */
export type Client = pg.PoolClient & { processID?: number; _activeQuery?: unknown };

/** A connection that is out of its pool, or was asked for. */
export interface Taken {
  /** The testkit gives every database another name, so that the name tells them apart. */
  readonly database: string;
  readonly pool: pg.Pool;
  readonly site: Site;
  /** The request that it is for. */
  readonly work: RequestWork | undefined;
  /** Absent until it comes. */
  client?: Client;
  last?: { readonly sql: string; readonly site: Site };
}

/** All that are out in this process. */
export const taken = new Set<Taken>();
/** Those that the end of their pool found, until the test is told. */
const found = new Map<string, Leak[]>();

/** Connections to a database that are out, asked for and not come, or found by the end of their pool. */
export function leaksOf(database: string): Leak[] {
  const out = [...taken].filter((entry) => entry.database === database);
  return [...out.map(leakOf), ...(found.get(database) ?? [])];
}

/** Keeps a leak in mind whose connection is about to be closed. */
export function remember(entry: Taken): void {
  const known = found.get(entry.database) ?? [];
  found.set(entry.database, [...known, { ...leakOf(entry), atEnd: true }]);
}

/** Forgets what is out of a database: it was told, and is ended. */
export function forgetLeaks(database: string): void {
  found.delete(database);
  for (const entry of taken) {
    if (entry.database !== database) {
      continue;
    }
    taken.delete(entry);
    // Its end is an event, which unheard would end the process.
    entry.client?.on('error', () => {});
  }
}

function leakOf({ client, site, last }: Taken): Leak {
  return {
    pid: client?.processID,
    takenAt: callersOf(site),
    last: last && { sql: last.sql, sentAt: callersOf(last.site) },
  };
}
