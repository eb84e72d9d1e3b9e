import pg from 'pg';
import { expect, test } from 'vitest';
import { postgresKind } from '../../src/kinds/postgres/postgres-kind.ts';
import { type PostgresOptions, postgres } from '../../src/needs.ts';
import { runSql } from './run-sql.ts';

const place = { directory: import.meta.dirname, key: 'database' };
const prepare = (options: PostgresOptions) => postgresKind.prepare(postgres(options), place);
const nothing = async () => {};

test('a seed that fails is told from migrations that do, with the detail of the server', async () => {
  const failing = prepare({
    migrate: runSql('CREATE TABLE a (id int PRIMARY KEY)'),
    seed: runSql('INSERT INTO a VALUES (1), (1)'),
  });
  await expect(failing).rejects.toThrow(
    /^The seed of @splitlevel\/testkit failed on an empty database: duplicate key .*\(Key \(id\)=\(1\) already exists\.\)/,
  );
  await expect(failing).rejects.toMatchObject({ name: 'TemplateError', cause: { code: '23505' } });
});

test('an extension that the server does not have is named', async () => {
  await expect(prepare({ migrate: nothing, extensions: ['no_such_extension'] })).rejects.toThrow(
    /The extension 'no_such_extension' that @splitlevel\/testkit asks for could not be created: .* images\.json/,
  );
});

test('migrations that need a superuser fail, as in production', async () => {
  await expect(prepare({ migrate: runSql('ALTER SYSTEM SET work_mem = 1') })).rejects.toThrow(/permission denied/);
});

test.for([
  [
    'CREATE TABLE docs (id int); GRANT SELECT ON docs TO no_such_reader',
    "postgres({ migrate, roles: ['no_such_reader'] })",
  ],
  ['CREATE ROLE app_writer', 'let the migration create only those that are missing'],
  ['CREATE EXTENSION file_fdw', "postgres({ migrate, extensions: ['file_fdw'] })"],
  ['CREATE TABLE docs (id uuid DEFAULT uuid_generate_v4())', "postgres({ migrate, extensions: ['uuid-ossp'] })"],
] as const)('migrations that need what a superuser makes are told how to declare it: %s', async ([sql, remedy]) => {
  await expect(prepare({ migrate: runSql(sql) })).rejects.toThrow(remedy);
});

test('migrations that leave a connection open are told so', async () => {
  const clients: pg.Client[] = [];
  const migrate = async (url: string) => {
    const client = new pg.Client({ connectionString: url, application_name: 'forgotten' });
    clients.push(client);
    await client.connect();
    await client.query('CREATE TABLE a (id int)');
  };
  await expect(prepare({ migrate })).rejects.toThrow(
    /left connections open:\n- pid \d+ \(forgotten\): idle for [\d.]+ s, last statement: CREATE TABLE a/,
  );
  await Promise.all(clients.map((client) => client.end()));
});
