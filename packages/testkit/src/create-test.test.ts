import { expect, expectTypeOf, test } from 'vitest';
import { createTest, type Database } from './index.ts';
import { postgres, type upstream } from './needs.ts';

const migrate = async () => {};

test.for(['isolation', 'task', 'expect', 'onTestFinished', 'testkitFile'])('refuses the key %s', (key) => {
  expect(() => createTest(import.meta.dirname, { [key]: postgres({ migrate }) })).toThrow(
    `a need cannot have the key '${key}', which Vitest or the testkit uses itself`,
  );
});

test('types each fixture by its need', () => {
  const typed = (needs: { database: ReturnType<typeof postgres>; rates: ReturnType<typeof upstream> }) =>
    createTest(import.meta.dirname, needs);
  type Context = Parameters<Parameters<ReturnType<typeof typed>['beforeEach']>[0]>[0];
  expectTypeOf<Context['database']>().toEqualTypeOf<Database>();
  expectTypeOf<Context['rates']['url']>().toEqualTypeOf<string>();
  expectTypeOf<Context['isolation']>().toEqualTypeOf<'worker' | 'rollback' | 'clone'>();
  expect(typed).toBeTypeOf('function');
});
