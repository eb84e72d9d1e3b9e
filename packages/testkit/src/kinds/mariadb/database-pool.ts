import type { Package } from '../shared/package-of.ts';
import type { MariadbNeed } from './mariadb-need.ts';
import type { ServerSession } from './server/server-session.ts';
import { TestDatabase } from './test-database.ts';

/**
 * The databases of one need in this process. Each is made by the package's own migrations, once for a worker and again
 * after a test that changed more than rows: MariaDB cannot copy a database.
 */
export class DatabasePool {
  readonly #make: () => Promise<TestDatabase>;
  readonly #clean: TestDatabase[] = [];

  constructor(session: ServerSession, need: MariadbNeed, owner: Package) {
    this.#make = () => TestDatabase.make(session, need, owner);
  }

  /** Makes the first. @throws {TemplateError} as TestDatabase.make does. */
  async fill(): Promise<void> {
    this.#clean.push(await this.#make());
  }

  async take(): Promise<TestDatabase> {
    return this.#clean.pop() ?? this.#make();
  }

  giveBack(database: TestDatabase): void {
    this.#clean.push(database);
  }

  /** Drops all. A server that is gone was told by the tests. */
  async close(): Promise<void> {
    await Promise.all(this.#clean.splice(0).map((database) => database.drop().catch(() => {})));
  }
}
