import { waitBriefly } from '../../shared/wait-briefly.ts';
import type { ServerSession } from '../server/server-session.ts';
import type { Template } from '../templates/template.ts';
import { WorkerDatabase } from './worker-database.ts';

/** As many databases may wait for connections to be closed that tests forgot; each takes some mebibytes. */
const LEAVING_LIMIT = 20;

/** The databases of a package in this process that are not in use by a test, and those that are on their way out. */
export class DatabasePool {
  readonly #session: ServerSession;
  readonly #template: Template;
  readonly #clean: WorkerDatabase[] = [];
  readonly #out = new Set<WorkerDatabase>();
  readonly #leaving = new Set<WorkerDatabase>();
  readonly #kept: WorkerDatabase[] = [];
  #next: Promise<WorkerDatabase> | undefined;

  constructor(session: ServerSession, template: Template) {
    this.#session = session;
    this.#template = template;
  }

  /** A database in the template's state: one that was given back, or a new one. */
  async take(): Promise<WorkerDatabase> {
    const clean = this.#clean.pop();
    if (clean === undefined) {
      return this.takeNew();
    }
    this.#out.add(clean);
    return clean;
  }

  async takeNew(): Promise<WorkerDatabase> {
    const [oldest] = this.#leaving;
    if (oldest && this.#leaving.size > LEAVING_LIMIT) {
      await this.#force(oldest);
    }
    const next = this.#next;
    this.#next = undefined;
    const database = await (next ?? WorkerDatabase.make(this.#session, this.#template));
    this.#out.add(database);
    return database;
  }

  /** Begins to make a database that the next test will take. */
  prefetch(): void {
    if (this.#next) {
      return;
    }
    this.#next = WorkerDatabase.make(this.#session, this.#template);
    // Whoever takes it hears of a failure.
    this.#next.catch(() => {});
  }

  /** Gives back a database that is in the template's state again. */
  give(database: WorkerDatabase): void {
    this.#out.delete(database);
    this.#clean.push(database);
  }

  /** Closes a database and drops it in the background, or at the end of the file where someone is still connected. */
  discard(database: WorkerDatabase): void {
    this.#out.delete(database);
    this.#leaving.add(database);
    void waitBriefly(() => database.drop())
      .then((gone) => gone && this.#leaving.delete(database))
      .catch(() => {});
  }

  /** Drops a database under those who are connected to it: room is short, and they had their time. */
  async #force(database: WorkerDatabase): Promise<void> {
    this.#leaving.delete(database);
    console.warn(
      `testkit: ${LEAVING_LIMIT} databases of tests that ended still have connections, which the tests should have ` +
        `closed. Those to ${database.clone.name} are ended now, to drop it.`,
    );
    await database.drop({ force: true });
  }

  /** Keeps a database when the file ends; only its connections are closed then. */
  keep(database: WorkerDatabase): void {
    this.#out.delete(database);
    this.#kept.push(database);
  }

  /**
   * Drops the databases that cannot serve another file. Resolves with the names of those that somebody is still
   * connected to.
   * @throws {Error} when the server is gone.
   */
  async endFile(): Promise<string[]> {
    for (const database of this.#clean.splice(0)) {
      if (await waitBriefly(() => database.vacate())) {
        this.#clean.push(database);
      } else {
        this.#leaving.add(database);
      }
    }
    const kept = this.#kept.splice(0);
    await Promise.all(kept.map((database) => database.close()));
    return this.#drop();
  }

  /** Drops all. */
  async close(): Promise<void> {
    const next = await this.#next?.catch(() => undefined);
    for (const database of [...this.#clean.splice(0), ...(next ? [next] : [])]) {
      this.#leaving.add(database);
    }
    await this.#drop();
    await Promise.all(this.#kept.map((database) => database.close()));
  }

  async #drop(): Promise<string[]> {
    const all = [...this.#out, ...this.#leaving];
    this.#out.clear();
    this.#leaving.clear();
    const left = await Promise.all(
      all.map(async (database) => {
        // A server that is gone was told by the tests; on one that is not, the next process sweeps.
        const gone = await waitBriefly(() => database.drop().catch(() => true));
        return gone ? [] : [database.clone.name];
      }),
    );
    return left.flat();
  }
}
