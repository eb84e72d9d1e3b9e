import { originals } from '@splitlevel/guards/originals';
import type pg from 'pg';
import { remember, type Taken, taken } from './taken-connections.ts';

/** Milliseconds for which a connection does nothing, while its pool waits to be closed, until it is taken for leaked. */
const IDLE_MS = 1000;
const LOOK_MS = 50;

/**
 * Closes connections that nobody gives back while their pool ends, which waits for them for ever otherwise, and what stops
 * a service with it. The test is told at its end.
 */
export function freeLeaked(pool: pg.Pool): void {
  const idleSince = new Map<Taken, number>();
  const look = () => {
    const out = [...taken].filter((entry) => entry.pool === pool);
    const now = originals.now();
    for (const entry of out) {
      if (!entry.client || entry.client._activeQuery) {
        idleSince.delete(entry);
      } else if (now - (idleSince.get(entry) ?? now) < IDLE_MS) {
        idleSince.set(entry, idleSince.get(entry) ?? now);
      } else {
        remember(entry);
        entry.client.release(true);
      }
    }
    if (out.length > 0) {
      originals.setTimeout(look, LOOK_MS).unref();
    }
  };
  look();
}
