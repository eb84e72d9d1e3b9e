import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expectMigration, type Migration } from '@splitlevel/testkit';
import { NO_MIGRATIONS } from 'kysely/migration';
import { describe, expect } from 'vitest';
import { migrate } from '../src/migrate.ts';
import { test } from './fixtures.ts';

const names = readdirSync(path.join(import.meta.dirname, '../migrations'))
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .toSorted();

/** What a migration changes on purpose: by its name and the table, with the reason. */
const changes: Readonly<Record<string, Migration['changes']>> = {};

test('migrations that were applied are not applied again', async ({ database }) => {
  const applied = () => database.query('select * from kysely_migration order by name');
  const before = await applied();
  await migrate(database.url);
  expect(await applied(), 'what was applied already was applied again').toEqual(before);
});

test('a database that cannot be reached is an error that says so', async () => {
  await expect(migrate('postgres://nobody@127.0.0.1:1/none')).rejects.toMatchObject({
    message: 'no migration was run',
    cause: { code: 'ECONNREFUSED' },
  });
});

describe('each migration, where tables have rows', () => {
  test.override('isolation', 'clone');

  test('is one of those that were applied', async ({ database }) => {
    const applied = await database.query<{ name: string }>('select name from kysely_migration order by name');
    expect(applied.map(({ name }) => name)).toEqual(names);
  });

  test.for(names)('%s: up, down and up again', async (name, { database }) => {
    const before = names[names.indexOf(name) - 1] ?? NO_MIGRATIONS;
    await expectMigration(database, {
      to: (url) => migrate(url, name),
      before: (url) => migrate(url, before),
      changes: changes[name],
    });
  });

  test.for(names)('%s: runs again where it was broken off', async (name, { database }) => {
    await migrate(database.url, names[names.indexOf(name) - 1] ?? NO_MIGRATIONS);
    // It does its work, and fails when that is noted.
    await database.query(`alter table kysely_migration add constraint broken_off check (name <> '${name}')`);
    await expect(migrate(database.url, name)).rejects.toThrow(`migration ${name} failed`);
    await database.query('alter table kysely_migration drop constraint broken_off');

    const outcome = await migrate(database.url, name).then(
      () => 'done',
      ({ cause }: Error) => String(cause),
    );

    expect(outcome, 'what it did before it was broken off is in its own way').toBe('done');
  });
});
