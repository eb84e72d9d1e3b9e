import { describe, expect, test } from 'vitest';
import { packagesFolder, patternsOf } from './workspaces.ts';

describe('workspaces of a package.json', () => {
  test.each([
    [undefined, []],
    [['packages/*'], ['packages/*']],
    [{ packages: ['packages/*'] }, ['packages/*']],
    [{}, []],
    [
      ['./packages/*/', '!./packages/old', '/apps/*'],
      ['packages/*', '!packages/old', 'apps/*'],
    ],
  ])('%j', (field, patterns) => {
    expect(patternsOf(field, 'package.json')).toEqual(patterns);
  });

  test.each(['packages/*', { packages: 'packages/*' }, [1], null, 3])('%j is refused', (field) => {
    expect(() => patternsOf(field, 'package.json')).toThrow('workspaces in package.json must be a list of patterns');
  });
});

test.each([
  [['packages/*'], 'packages'],
  [['apps/*', 'packages/*'], 'packages'],
  [['apps/*', 'packages/**'], 'packages'],
  [['tools/one', '!apps/*', 'libs/**', 'apps/*'], 'apps'],
  [['packages/**'], 'packages'],
  [['libs/node/*'], 'libs/node'],
  [['packages/{a,b}/*', 'tools/one'], undefined],
  [[], undefined],
])('with %j a new package goes to %s', (patterns, folder) => {
  expect(packagesFolder(patterns)).toBe(folder);
});
