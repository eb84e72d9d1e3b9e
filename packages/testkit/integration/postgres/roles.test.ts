import { describe, expect, test as plain } from 'vitest';
import { createTest } from '../../src/index.ts';
import { Connection } from '../../src/kinds/postgres/connection.ts';
import { dropRoles, ensureRoles } from '../../src/kinds/postgres/roles.ts';
import { postgres } from '../../src/needs.ts';
import { startGivenServer } from './given-server.ts';
import { runSql } from './run-sql.ts';

const test = createTest(import.meta.dirname, {
  database: postgres({
    roles: ['app_reader', 'App_Owner'],
    migrate: runSql(`
      CREATE TABLE docs (id int);
      CREATE TABLE drafts (id int);
      GRANT SELECT ON docs TO app_reader;
      GRANT CREATE ON SCHEMA public TO "App_Owner";
      ALTER TABLE drafts OWNER TO "App_Owner";
      ALTER ROLE CURRENT_USER SET work_mem = '5MB';
      DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO app_reader', current_database()); END $$`),
  }),
});

test('a declared role has what the migrations grant it', async ({ database }) => {
  const [row] = await database.query(`
    SELECT has_table_privilege('app_reader', 'docs', 'select') AS docs, has_table_privilege('app_reader', 'drafts', 'select') AS drafts,
      has_database_privilege('app_reader', current_database(), 'temporary') AS temporary`);
  expect(row).toEqual({ docs: true, drafts: false, temporary: true });
});

test('a test acts as it', async ({ database }) => {
  await database.pool.query('SET ROLE app_reader; SELECT * FROM docs; RESET ROLE');
  const insert = database.pool.query('BEGIN; SET LOCAL ROLE app_reader; INSERT INTO docs VALUES (1)');
  await expect(insert).rejects.toThrow('permission denied for table docs');
  await database.pool.query('ROLLBACK');
});

test('the next test is itself again, and owns what a role owns', async ({ database }) => {
  const { rows } = await database.pool.query(
    'INSERT INTO drafts VALUES (1) RETURNING current_user = session_user AS self',
  );
  expect(rows).toEqual([{ self: true }]);
  expect(await database.query('SHOW work_mem')).toEqual([{ work_mem: '5MB' }]);
});

test('a declared role has no rights of its own', async ({ database }) => {
  expect(
    await database.query("SELECT rolcanlogin AS login, rolsuper AS super FROM pg_roles WHERE rolname = 'app_reader'"),
  ).toEqual([{ login: false, super: false }]);
});

describe('on a server that is given', () => {
  plain('roles are made once, shared, and dropped at the end but for those that were there', async () => {
    const server = await startGivenServer();
    const [one, other] = [await Connection.open(server.url), await Connection.open(server.url)];
    const names = async () =>
      (
        await one.query<{ name: string }>("SELECT rolname AS name FROM pg_roles WHERE rolname LIKE 'a\\_%' ORDER BY 1")
      ).map(({ name }) => name);
    try {
      await one.query('CREATE ROLE a_first LOGIN');
      const wanted = ['a_first', 'a_second', 'postgres'];
      const members = await Promise.all([one, other].map((connection) => ensureRoles(connection, wanted, 'shop')));
      expect(members).toEqual([
        ['a_first', 'a_second'],
        ['a_first', 'a_second'],
      ]);
      expect(await names()).toEqual(['a_first', 'a_second']);
      await one.query('CREATE TABLE in_use (id int); GRANT SELECT ON in_use TO a_second');
      await dropRoles(one);
      expect(await names()).toEqual(['a_first', 'a_second']);
      await one.query('DROP TABLE in_use');
      await dropRoles(one);
      expect(await names()).toEqual(['a_first']);
      await one.query('CREATE ROLE a_plain');
      await other.query('SET ROLE a_plain');
      await expect(ensureRoles(other, ['a_third'], 'shop')).rejects.toThrow(
        "The role 'a_third' that shop declares could not be created: permission denied to create role. Let TESTKIT_POSTGRES_URL name a user who may create roles, or create the role on that server yourself.",
      );
    } finally {
      await Promise.all([one.close(), other.close()]);
      await server.stop();
    }
  });
});
