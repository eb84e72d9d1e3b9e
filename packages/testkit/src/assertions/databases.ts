import type { MariadbDatabase } from '../kinds/mariadb/mariadb-database.ts';
import { accessOf } from '../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../kinds/postgres/postgres-database.ts';
import { fixtureKindOf } from '../kinds/shared/kind-of-fixture.ts';

/** Whether a fixture is that of a MariaDB. What is no fixture of a database is refused by what reads PostgreSQL's. */
export function isMariadb(database: PostgresDatabase | MariadbDatabase): database is MariadbDatabase {
  return fixtureKindOf(database)?.title === 'MariaDB';
}

/**
 * For assertions that change what is in a database.
 * @throws {TypeError} when it is not one that the testkit gave to a test
 */
export function refuseForeign(database: PostgresDatabase | MariadbDatabase): void {
  if (!isMariadb(database)) {
    accessOf(database);
  }
}
