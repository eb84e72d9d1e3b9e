import { sleep } from '@splitlevel/guards/originals';
import mysql from 'mysql2/promise';
import { leavePool } from '../../shared/requests/pool-problems.ts';

/** As many connections as mysql2 gives a pool by itself. */
const LIMIT = 10;
/** How long the connections of a pool get to say good-bye. */
const END_TIMEOUT_MS = 1000;

/** The code of a statement that the state of an XA transaction does not allow. */
const XA_STATE = 1399;

/** The pool of the fixture, which knows what was not given back to it. */
export class TestPool {
  readonly pool: mysql.Pool;
  readonly #all = new Set<number>();
  readonly #out = new Set<number>();

  constructor(url: string) {
    this.pool = mysql.createPool({ uri: url, connectionLimit: LIMIT });
    leavePool(this.pool.pool);
    this.pool.on('acquire', ({ threadId }) => {
      this.#all.add(threadId);
      this.#out.add(threadId);
    });
    this.pool.on('release', ({ threadId }) => this.#out.delete(threadId));
  }

  /** Whether a connection, by its id, is one of the pool's and was given back to it. */
  isIdle(id: number): boolean {
    return this.#all.has(id) && !this.#out.has(id);
  }

  /** Whether a connection was taken from the pool and not given back. */
  isOut(id: number): boolean {
    return this.#out.has(id);
  }

  /**
   * The resources that connections held when they were given back, a line each. Called when none is out; releases
   * locks.
   */
  async heldByIdle(): Promise<string[]> {
    const lines: string[] = [];
    const taken: mysql.PoolConnection[] = [];
    for (let left = Math.min(this.#all.size, LIMIT); left > 0; left--) {
      const connection = await this.pool.getConnection().catch(() => undefined);
      if (connection === undefined) {
        break;
      }
      taken.push(connection);
      const [[row]] = await connection
        .query<mysql.RowDataPacket[]>('SELECT @@in_transaction AS open, RELEASE_ALL_LOCKS() AS locks')
        .catch((error: { errno?: number }) => {
          // In a prepared XA transaction, which is told when the connections are ended.
          if (error.errno !== XA_STATE) {
            throw error;
          }
          return [[]];
        });
      const given = `connection ${connection.threadId}: given back to database.pool`;
      if (Number(row?.open) === 1) {
        lines.push(`${given} with its transaction open`);
      }
      if (Number(row?.locks) > 0) {
        lines.push(`${given} while it held locks of GET_LOCK (${Number(row?.locks)})`);
      }
    }
    for (const connection of taken) {
      connection.release();
    }
    return lines;
  }

  /** Never throws, and waits for a moment only. */
  async end(): Promise<void> {
    await Promise.race([this.pool.end().catch(() => {}), sleep(END_TIMEOUT_MS, undefined, { ref: false })]);
  }
}
