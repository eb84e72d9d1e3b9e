import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expectMigration, type Migration } from '@splitlevel/testkit';
import { NO_MIGRATIONS } from 'kysely/migration';
import { describe, expect } from 'vitest';
import { migrate } from '../src/migrate.ts';
import { test } from './fixtures.ts';

const folder = path.join(import.meta.dirname, '../migrations');
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => path.basename(file, '.ts'))
  .toSorted();

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
    // What it takes away on purpose it says itself.
    const { changes, irreversible }: Partial<Migration> = await import(path.join(folder, `${name}.ts`));
    await expectMigration(database, {
      to: (url) => migrate(url, name),
      before: (url) => migrate(url, before),
      changes,
      irreversible,
    });
  });
});
