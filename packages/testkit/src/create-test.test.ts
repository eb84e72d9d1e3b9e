import { expect, expectTypeOf, test } from 'vitest';
import { createTest, type MariadbDatabase, type PostgresDatabase } from './index.ts';
import { type mariadb, postgres, type upstream } from './needs.ts';

const migrate = async () => {};

test.for(['isolation', 'findings', 'task', 'expect', 'onTestFinished', 'testkitFile'])('refuses the key %s', (key) => {
  expect(() => createTest(import.meta.dirname, { [key]: postgres({ migrate }) })).toThrow(
    `a need cannot have the key '${key}', which Vitest or the testkit uses itself`,
  );
});

test('types each fixture by its need', () => {
  const typed = (needs: {
    database: ReturnType<typeof postgres>;
    orders: ReturnType<typeof mariadb>;
    rates: ReturnType<typeof upstream>;
  }) => createTest(import.meta.dirname, needs);
  type Context = Parameters<Parameters<ReturnType<typeof typed>['beforeEach']>[0]>[0];
  expectTypeOf<Context['database']>().toEqualTypeOf<PostgresDatabase>();
  expectTypeOf<Context['orders']>().toEqualTypeOf<MariadbDatabase>();
  // The assertions that know PostgreSQL only do not take it.
  expectTypeOf<Context['orders']>().not.toExtend<PostgresDatabase>();
  expectTypeOf<Context['rates']['url']>().toEqualTypeOf<string>();
  expectTypeOf<Context['isolation']>().toEqualTypeOf<'worker' | 'rollback' | 'clone'>();
  expect(typed).toBeTypeOf('function');
});
