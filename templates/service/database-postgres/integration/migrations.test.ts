import { expect } from 'vitest';
import { migrate } from '../src/migrate.ts';
import { test } from './fixtures.ts';

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
