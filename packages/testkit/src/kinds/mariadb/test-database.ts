import { cloneName, slugOf } from '../shared/database-names.ts';
import { type DatabaseWay, openDatabaseWay } from '../shared/faults/database-way.ts';
import type { Faults } from '../shared/faults/server-faults.ts';
import type { Package } from '../shared/package-of.ts';
import { runPart, TemplateError } from '../shared/run-part.ts';
import { Connection } from './connection.ts';
import { explainError } from './explain-error.ts';
import type { MariadbNeed } from './mariadb-need.ts';
import { createDatabase, dropDatabase } from './owned-database.ts';
import { keepRows, putBackRows } from './seeded-rows.ts';
import { proxyObstacle } from './server/proxy-obstacle.ts';
import type { ServerSession } from './server/server-session.ts';
import { findLeft } from './sessions/leaks.ts';
import { preparedOn, rollBackPrepared } from './sessions/prepared-transactions.ts';
import { endSessions } from './sessions/sessions.ts';
import { TestPool } from './sessions/test-pool.ts';
import { forgetTaken } from './sessions/watch-pools.ts';
import { changedTables, readState, type State } from './table-states.ts';
import { readUser, type UserState } from './user-state.ts';

let made = 0;

/** Triggers that fire while rows are put back may write to a table that was right already: so it is tried again. */
const ATTEMPTS = 3;

/** A database with what the migrations and the seed made, for one test at a time. */
export class TestDatabase {
  readonly name: string;
  /** Of its user, who has no rights beside it. */
  readonly url: string;
  /** What the code under test takes to it. */
  readonly #way: DatabaseWay;
  readonly #session: ServerSession;
  readonly #begin: State;
  readonly #user: UserState;
  /** The prepared XA transactions that the server had before the test. */
  #prepared: ReadonlySet<string>;
  #pool: TestPool | undefined;
  #look: Promise<Connection> | undefined;

  private constructor(
    session: ServerSession,
    { name, url, way }: { name: string; url: string; way: DatabaseWay },
    begin: State,
    user: UserState,
    prepared: ReadonlySet<string>,
  ) {
    this.#session = session;
    this.name = name;
    this.url = url;
    this.#way = way;
    this.#begin = begin;
    this.#user = user;
    this.#prepared = prepared;
  }

  /**
   * Makes a database, and runs the migrations and the seed on it.
   * @throws {TemplateError} when these fail, or leave connections open.
   */
  static async make(session: ServerSession, need: MariadbNeed, owner: Package): Promise<TestDatabase> {
    const { connection, server } = session;
    const name = cloneName(slugOf(owner.name), session.id, ++made);
    try {
      const url = await createDatabase(connection, server.url, name);
      const packageName = owner.name;
      const { migrate, seed } = need;
      await runPart({ what: 'migrations', packageName, explain: explainError }, () => migrate(url));
      if (seed) {
        await runPart({ what: 'seed', packageName, explain: explainError }, () => seed(url));
      }
      const left = await findLeft({ user: name, superuser: connection, pool: undefined, look: undefined });
      if (left.length > 0) {
        const text = `The migrations or the seed of ${packageName} left connections open:\n- ${left.join('\n- ')}`;
        throw new TemplateError(`${text}\nClose every pool and client before their promise resolves.`);
      }
      const begin = await readState(connection, name);
      await keepRows(connection, name, begin);
      const user = await readUser(connection, name);
      const way = await openDatabaseWay(url, { defaultPort: 3306, obstacle: proxyObstacle(url) });
      return new TestDatabase(session, { name, url, way }, begin, user, await preparedOn(connection));
    } catch (error) {
      await endSessions(connection, name).catch(() => {});
      await dropDatabase(connection, name).catch(() => {});
      throw error;
    }
  }

  /** For the code under test: the same database by a way that faults are on. */
  get disturbedUrl(): string {
    return this.#way.url;
  }

  /** On the way of `disturbedUrl`. */
  get faults(): Faults {
    return this.#way.faults;
  }

  /** The pool of the code under test, made when first asked for. */
  get pool(): TestPool['pool'] {
    this.#pool ??= new TestPool(this.url);
    return this.#pool.pool;
  }

  /** The test's own look, by a connection outside the pool. */
  async query(sql: string, parameters: readonly unknown[]): Promise<unknown[]> {
    this.#look ??= Connection.open(this.url);
    return (await this.#look).query(sql, parameters);
  }

  /** Ends all that a test has of the database. Resolves with what should not have been there any more, a line each. */
  async end(): Promise<string[]> {
    const superuser = this.#session.connection;
    const look = await this.#look?.catch(() => undefined);
    const left = await findLeft({ user: this.name, superuser, pool: this.#pool, look });
    look?.close();
    await this.#pool?.end();
    await endSessions(superuser, this.name);
    forgetTaken(this.name);
    left.push(...(await rollBackPrepared(superuser, this.name, this.#prepared)));
    this.#prepared = await preparedOn(superuser);
    this.#look = undefined;
    this.#pool = undefined;
    return left;
  }

  /** Brings the tables that are not as they were to their first state. Resolves with whether all is as it was then. */
  async setBack(): Promise<boolean> {
    const { connection } = this.#session;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const now = await readState(connection, this.name);
      if (now.schema !== this.#begin.schema) {
        return false;
      }
      const changed = changedTables(this.#begin, now);
      if (changed.length === 0) {
        return true;
      }
      if (changed.some((table) => now.tables.get(table)?.type !== 'BASE TABLE')) {
        return false;
      }
      await putBackRows(connection, this.name, this.#begin, changed);
    }
    return false;
  }

  /** The test's changes to the settings of the database's user on the server, a line each. */
  async userChanges(): Promise<string[]> {
    const now = await readUser(this.#session.connection, this.name);
    return Object.keys(now).filter((what) => now[what] !== this.#user[what]);
  }

  async drop(): Promise<void> {
    await this.#way.close();
    await dropDatabase(this.#session.connection, this.name);
  }
}
