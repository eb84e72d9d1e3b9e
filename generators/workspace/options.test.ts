import { describe, expect, test } from 'vitest';
import type { Context } from '../engine/answers/options.ts';
import { problemOf } from '../engine/answers/options.ts';
import { options } from './options.ts';

const context = (directory: string) => ({ answers: { directory }, workspace: {} }) as unknown as Context;
const scopeFor = (directory: string) =>
  (options.scope.default as (context: Context) => string | undefined)(context(directory));

describe('scopes', () => {
  test.each(['@shop', '@a', '@1', '@my.team_2-x'])('%s is legal', (scope) => {
    expect(problemOf(options.scope, scope, context('x'))).toBeUndefined();
  });

  test.each(['shop', '@', '@Shop', '@a b', '@.a', '@_a', '@a/b', '@a~', '@ä', "@a'b", '@a$&'])('%s is not', (scope) => {
    expect(problemOf(options.scope, scope, context('x'))).toMatch(/ is not a scope of npm: an at sign, then/);
  });

  test('derive from the directory where that is a name', () => {
    expect(['../shop', 'Shop', '/a/my.shop', '../my shop', '../@x'].map(scopeFor)).toEqual([
      '@shop',
      '@shop',
      '@my.shop',
      undefined,
      undefined,
    ]);
  });
});

test.each(['a#b', 'a?b', '100%'])('a directory with %s, which Vite cannot take, is refused', (directory) => {
  expect(problemOf(options.directory, directory, context(directory))).toMatch(/with which Vite cannot work/);
});

test('the root of the disk, and nothing at all', () => {
  expect(problemOf(options.directory, '/', context('/'))).toBe('"/" is the root of the disk');
  expect(problemOf(options.directory, ' ', context(' '))).toBe('must name a folder');
});

test.each(['@org/team', '@person', 'a@example.org', '@org/sub/team', ''])('%j can own', (owner) => {
  expect(problemOf(options.owner, owner, context('x'))).toBeUndefined();
});

test.each(['team', '@', '@a b', '* @x'])('%j cannot', (owner) => {
  expect(problemOf(options.owner, owner, context('x'))).toMatch(/is not an owner; write @organisation\/team/);
});
