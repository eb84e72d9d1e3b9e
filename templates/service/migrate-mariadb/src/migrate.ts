import fs from 'node:fs/promises';
import path from 'node:path';
import { Kysely, MysqlDialect } from 'kysely';
import { FileMigrationProvider, Migrator, type NoMigrations } from 'kysely/migration';
import { createPool } from 'mysql2';

/**
 * Applies the migrations that the database does not have yet. MariaDB commits each statement of a migration by itself:
 * where one fails, those before it stay.
 * @param target the migration to go up or down to; the last one where it is left out
 */
export async function migrate(url: string, target?: string | NoMigrations): Promise<void> {
  const pool = createPool({ uri: url, connectTimeout: 10_000, connectionLimit: 1 });
  pool.on('connection', (connection) => connection.query('set session lock_wait_timeout = 60', () => undefined));
  const database = new Kysely<unknown>({ dialect: new MysqlDialect({ pool }) });
  try {
    const migrationFolder = path.join(import.meta.dirname, '../migrations');
    const provider = new FileMigrationProvider({ fs, path, migrationFolder });
    const migrator = new Migrator({ db: database, provider });
    const { error, results } = await (target === undefined ? migrator.migrateToLatest() : migrator.migrateTo(target));
    if (error === undefined) {
      return;
    }
    const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
    throw new Error(failed ? `migration ${failed} failed; what it did before stays` : 'no migration was run', {
      cause: error,
    });
  } finally {
    await database.destroy();
  }
}

if (import.meta.main) {
  const { DATABASE_URL: url } = process.env;
  if (!url) {
    throw new Error('DATABASE_URL is missing');
  }
  await migrate(url);
}
