import fs from 'node:fs/promises';
import path from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import { FileMigrationProvider, Migrator, type NoMigrations } from 'kysely/migration';
import { Pool } from 'pg';

/**
 * Applies the migrations that the database does not have yet, in one transaction: all of them or none.
 * @param target the migration to go up or down to; the last one where it is left out
 */
export async function migrate(url: string, target?: string | NoMigrations): Promise<void> {
  const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 10_000, lock_timeout: 60_000, max: 1 });
  const database = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const migrationFolder = path.join(import.meta.dirname, '../migrations');
    const provider = new FileMigrationProvider({ fs, path, migrationFolder });
    const migrator = new Migrator({ db: database, provider });
    const { error, results } = await (target === undefined ? migrator.migrateToLatest() : migrator.migrateTo(target));
    if (error === undefined) {
      return;
    }
    const failed = results?.find(({ status }) => status === 'Error')?.migrationName;
    throw new Error(failed ? `migration ${failed} failed; nothing was changed` : 'no migration was run', {
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
