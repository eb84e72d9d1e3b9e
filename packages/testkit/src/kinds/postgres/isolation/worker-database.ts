import { type DatabaseWay, openDatabaseWay } from '../../shared/faults/database-way.ts';
import type { Faults } from '../../shared/faults/server-faults.ts';
import type { AssertionAccess } from '../assertion-access.ts';
import { Connection } from '../connection.ts';
import { type MigratingRole, readMigratingRole, restoreMigratingRole } from '../migrating-role.ts';
import { proxyObstacle } from '../server/proxy-obstacle.ts';
import type { ServerSession } from '../server/server-session.ts';
import { changesOf, readServerState, type ServerState } from '../server/server-state.ts';
import { FreshPool } from '../sessions/fresh-pool.ts';
import { FRESH_SESSION, QUERY_CANCELED } from '../sessions/fresh-session.ts';
import { ownersSessions } from '../sessions/sessions.ts';
import { forgetLeaks, type Leak, leaksOf } from '../sessions/taken-connections.ts';
import type { Template } from '../templates/template.ts';
import { type ResetAnswer, reset, WRITE_LOG_SETTINGS } from '../write-log/write-log.ts';
import { type Clone, createClone, type DropOptions, dropClone } from './clone.ts';
import { RollbackPool } from './rollback-pool.ts';

/** A clone with the connections of the testkit to it, each opened when first needed and kept between tests. */
export class WorkerDatabase {
  readonly clone: Clone;
  /** What the code under test takes to it. */
  readonly #way: DatabaseWay;
  readonly #session: ServerSession;
  #pool: FreshPool | undefined;
  #rollbackPool: RollbackPool | undefined;
  #writeLog: Promise<Connection> | undefined;
  #look: Promise<Connection> | undefined;
  #inspector: Promise<Connection> | undefined;
  #looked = false;
  #freshening: Promise<unknown> | undefined;
  #serverState: ServerState | undefined;
  readonly #migratingRoleName: string;
  #migratingRole: MigratingRole | undefined;

  private constructor(clone: Clone, way: DatabaseWay, session: ServerSession, template: Template) {
    this.clone = clone;
    this.#way = way;
    this.#session = session;
    this.#migratingRoleName = template.owner.name;
  }

  static async make(session: ServerSession, template: Template): Promise<WorkerDatabase> {
    const clone = await createClone(session, template);
    const way = await openDatabaseWay(clone.url, { defaultPort: 5432, obstacle: proxyObstacle(clone.url) });
    return new WorkerDatabase(clone, way, session, template);
  }

  /** For the code under test. */
  get url(): string {
    return this.#way.url;
  }

  /** On the way of `url`. */
  get faults(): Faults {
    return this.#way.faults;
  }

  /** The pool of the code under test; a new one when the last test closed it. */
  get pool(): FreshPool {
    if (this.#pool === undefined || this.#pool.ending) {
      this.#pool = new FreshPool(this.clone.url);
    }
    return this.#pool;
  }

  /** Whether the code under test has a connection out of any pool of this process. */
  get isInUse(): boolean {
    return this.leaks.length > 0;
  }

  /** Connections that the code under test has out of pools. */
  get leaks(): Leak[] {
    return leaksOf(this.clone.name);
  }

  /** Forgets them: the test was told, and their sessions are ended. */
  forgetLeaks(): void {
    forgetLeaks(this.clone.name);
  }

  /** The pool with the one connection of isolation `rollback`. */
  get rollbackPool(): RollbackPool {
    this.#rollbackPool ??= new RollbackPool(this.clone.url);
    return this.#rollbackPool;
  }

  /** The superuser's connection that sets the database back. */
  writeLog(): Promise<Connection> {
    this.#writeLog ??= this.#openWriteLog();
    return this.#writeLog;
  }

  async #openWriteLog(): Promise<Connection> {
    const writeLog = await Connection.open(this.clone.superuserUrl, { settings: WRITE_LOG_SETTINGS });
    this.#serverState = await readServerState(writeLog, this.clone.name);
    this.#migratingRole = await readMigratingRole(writeLog, this.#migratingRoleName);
    return writeLog;
  }

  /**
   * Sets back what the code under test changed of the role that ran the migrations. Resolves with what it changed, a
   * line each.
   */
  async restoreMigratingRole(): Promise<string[]> {
    const writeLog = await this.writeLog();
    return this.#migratingRole ? restoreMigratingRole(writeLog, this.#migratingRole) : [];
  }

  /** The changes by the code under test to the settings of the database and its role on the server, a line each. */
  async serverStateChanges(): Promise<string[]> {
    const writeLog = await this.writeLog();
    return this.#serverState ? changesOf(this.#serverState, await readServerState(writeLog, this.clone.name)) : [];
  }

  /** Sets the database back, once nobody is connected but by the fixture. */
  async reset(): Promise<ResetAnswer | null> {
    return reset(await this.writeLog(), await this.ownSessions());
  }

  /** The sessions of the fixture itself, by pid. */
  async ownSessions(): Promise<number[]> {
    const look = await this.#look?.catch(() => undefined);
    return [...(this.#pool?.pids ?? []), this.#rollbackPool?.pid, look?.pid].filter((pid) => pid !== undefined);
  }

  /** The connection by which assertions read this database. */
  get access(): AssertionAccess {
    const { name, superuserUrl, url } = this.clone;
    return {
      name,
      url,
      owner: decodeURIComponent(new URL(url).username),
      superuserUrl,
      server: this.#session.connection,
      inspector: () => {
        this.#inspector ??= Connection.open(superuserUrl, { name: 'an assertion of the testkit' });
        return this.#inspector;
      },
      reset: async () => reset(await this.writeLog()),
    };
  }

  /** The test's own look, by a connection outside the pool. */
  async query(sql: string, parameters: readonly unknown[]): Promise<unknown[]> {
    this.#look ??= Connection.open(this.clone.url, { name: "the test's own database.query" });
    this.#looked = true;
    return (await this.#look).query(sql, parameters);
  }

  /**
   * Sets back the sessions that a test used.
   * @returns what those of the pool held, a line each.
   */
  async freshen(): Promise<string[]> {
    const looked = this.#looked ? this.#look?.then((look) => look.query(FRESH_SESSION)) : undefined;
    this.#looked = false;
    const pool = this.#freshenPool();
    this.#freshening = Promise.all([pool, looked]);
    this.#freshening.catch(() => {});
    // Where the connection is lost nothing is held. A session that breaks off each statement holds what does that.
    return pool.catch((error: { code?: string }) =>
      error.code === QUERY_CANCELED ? ['a session of it breaks off each statement: RESET statement_timeout'] : [],
    );
  }

  async #freshenPool(): Promise<string[]> {
    const pool = this.#pool;
    if (pool === undefined || pool.ending) {
      return [];
    }
    const held = await pool.freshen();
    // The next test would have the listeners of the code of this one, and sessions that they did not prepare.
    if (pool.isPreparedByCode) {
      await this.#endPool();
    }
    return held;
  }

  /** Waits until the sessions are as new; those that cannot be are replaced. */
  async ready(): Promise<void> {
    try {
      await this.#freshening;
    } catch {
      this.#forgetPool();
      const look = this.#look;
      this.#look = undefined;
      await look?.then((connection) => connection.close()).catch(() => {});
    }
  }

  /** Forgets the pools, whose connections are lost; the next test gets new ones. */
  abandonPools(): void {
    this.#forgetPool();
    void this.#rollbackPool?.destroy();
    this.#rollbackPool = undefined;
  }

  #forgetPool(): void {
    // Its end waits for connections that nobody gives back.
    void this.#pool?.end().catch(() => {});
    this.#pool = undefined;
  }

  /**
   * Closes the connections of tests; those that set back and inspect stay for the next file's.
   * @returns whether nobody else is connected.
   */
  async vacate(): Promise<boolean> {
    const look = this.#look;
    this.#look = undefined;
    await Promise.all([this.#endPool(), this.#rollbackPool?.destroy(), look?.then((connection) => connection.close())]);
    this.#rollbackPool = undefined;
    return (await ownersSessions(this.#session.connection, this.access)) === 0;
  }

  /** Closes all connections, without waiting for code that still has one of the pool's. */
  async close(): Promise<void> {
    await Promise.all([this.#endPool(), this.#way.close()]);
    const open = await Promise.allSettled([this.#writeLog, this.#look, this.#inspector]);
    await Promise.all([
      this.#rollbackPool?.destroy(),
      ...open.map((c) => c.status === 'fulfilled' && c.value?.close()),
    ]);
  }

  async #endPool(): Promise<void> {
    const pool = this.#pool;
    if (!pool || pool.ending) {
      return;
    }
    const ended = pool.end().catch(() => {});
    if (!this.isInUse) {
      await ended;
    }
  }

  /** Drops the database. Resolves with whether it is gone. */
  async drop(options?: DropOptions): Promise<boolean> {
    await this.close();
    return dropClone(this.#session, this.clone, options);
  }
}
