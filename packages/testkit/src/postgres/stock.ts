import { graceFor } from './busy.ts';
import type { ServerSession } from './server-session.ts';
import type { Template } from './template.ts';
import { WorkerDatabase } from './worker-database.ts';

/** As many databases may wait for connections to be closed that tests forgot; each takes some mebibytes. */
const LEAVING_LIMIT = 20;

/** The databases of one test file that are not in use by a test, and those that are on their way out. */
export class Stock {
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
    if (clean === undefined) return this.takeNew();
    this.#out.add(clean);
    return clean;
  }

  async takeNew(): Promise<WorkerDatabase> {
    const [oldest] = this.#leaving;
    if (oldest && this.#leaving.size > LEAVING_LIMIT) await this.#force(oldest);
    const next = this.#next;
    this.#next = undefined;
    const database = await (next ?? WorkerDatabase.make(this.#session, this.#template));
    this.#out.add(database);
    return database;
  }

  /** Begins to make a database that the next test will take. */
  prefetch(): void {
    if (this.#next) return;
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
    void graceFor(() => database.drop())
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

  /** Drops all that is not kept. Resolves with the names of databases that somebody is still connected to. */
  async close(): Promise<string[]> {
    await Promise.all(this.#kept.map((database) => database.close()));
    const next = await this.#next?.catch(() => undefined);
    const all = [...this.#clean, ...this.#out, ...this.#leaving, ...(next ? [next] : [])];
    const left = await Promise.all(
      all.map(async (database) => {
        // A server that is gone was told by the tests; on one that is not, the next process sweeps.
        const gone = await graceFor(() => database.drop().catch(() => true));
        return gone ? [] : [database.clone.name];
      }),
    );
    return left.flat();
  }
}
