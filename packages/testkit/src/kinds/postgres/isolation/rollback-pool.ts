import type { Site } from '@splitlevel/guards/caller';
import pg from 'pg';
import { callersOf, callSite } from '../../shared/callers.ts';
import { startupOptions } from '../connection.ts';
import { SCHEMA } from '../postgres-names.ts';
import type { Leak } from '../sessions/taken-connections.ts';
import { leaveUntracked } from '../sessions/watch-pools.ts';
import { type IsolationError, refusal } from './isolation-error.ts';
import { RollbackClient } from './rollback-client.ts';

type ConnectCallback = (
  error: Error | undefined,
  client: pg.PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/**
 * A pool with a single connection, which is in a transaction as long as a test runs. Whoever asks for a second one is
 * refused at once: waiting for it would be for ever.
 */
export class RollbackPool extends pg.Pool {
  #client: (RollbackClient & pg.PoolClient) | undefined;
  #takenAt: Site | undefined;
  #closedByCode = false;
  readonly #refusals: IsolationError[] = [];

  constructor(url: string) {
    super({
      connectionString: url,
      max: 1,
      idleTimeoutMillis: 0,
      options: startupOptions({ [`${SCHEMA}.isolation`]: 'rollback' }),
      Client: RollbackClient,
    } as pg.PoolConfig);
    leaveUntracked(this);
    this.on('error', () => {});
    this.on('connect', (client) => client.on('error', () => {}));
  }

  /** Begins the transaction of a test. */
  async begin(): Promise<void> {
    this.#client ??= (await super.connect()) as RollbackClient & pg.PoolClient;
    this.#refusals.length = 0;
    this.#closedByCode = false;
    await this.#client.hold();
  }

  /** Ends it. */
  async rollBack(freshSession: string): Promise<void> {
    this.#takenAt = undefined;
    await this.#client?.letGo(freshSession);
  }

  /** The test's own look, inside of the transaction, also while the code under test has the connection. */
  async look(sql: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    if (!this.#client) {
      throw new Error('The test is over.');
    }
    return (this.#client as pg.ClientBase).query(sql, [...parameters]);
  }

  get refusals(): IsolationError[] {
    return [...this.#refusals, ...(this.#client?.refusals ?? [])];
  }

  /** An error to throw, which also fails a test that makes nothing of it. */
  refuse(what: string): IsolationError {
    const error = refusal(what);
    this.#refusals.push(error);
    return error;
  }

  get leaks(): Leak[] {
    return this.#takenAt ? [{ pid: this.pid, takenAt: callersOf(this.#takenAt) }] : [];
  }

  get pid(): number | undefined {
    return (this.#client as { processID?: number } | undefined)?.processID;
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | undefined {
    const site = callSite();
    let client: pg.PoolClient | undefined;
    let error: Error | undefined;
    try {
      client = this.#take(site);
    } catch (reason) {
      error = reason as Error;
    }
    if (!callback) {
      return client ? Promise.resolve(client) : Promise.reject(error);
    }
    process.nextTick(callback, error, client, client?.release ?? (() => {}));
    return undefined;
  }

  #take(site: Site): pg.PoolClient {
    if (this.#closedByCode) {
      throw new Error('Cannot use a pool after calling end on the pool');
    }
    if (!this.#client) {
      throw new Error('The test is over.');
    }
    if (this.#takenAt) {
      const first = callersOf(this.#takenAt).split('\n')[0];
      throw this.refuse(`A second connection was asked for while one is out (taken ${first})`);
    }
    this.#takenAt = site;
    let released = false;
    this.#client.release = () => {
      if (released) {
        throw new Error('Release called on client which has already been released to the pool.');
      }
      released = true;
      if (this.#takenAt === site) {
        this.#takenAt = undefined;
      }
    };
    return this.#client;
  }

  /** Called by the code under test when it stops: the connection stays, for the test's look and for the rollback. */
  override end(): Promise<void>;
  override end(callback: () => void): void;
  override end(callback?: () => void): Promise<void> | undefined {
    this.#closedByCode = true;
    if (!callback) {
      return Promise.resolve();
    }
    process.nextTick(callback);
    return undefined;
  }

  /** Closes the connection, and with it the transaction. */
  async destroy(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await (client as unknown as pg.Client | undefined)?.end().catch(() => {});
  }
}
