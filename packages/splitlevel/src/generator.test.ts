import { expect, test } from 'vitest';
import * as generator from './generator.ts';

test('a generator of a repository has this to be made of, and no more', () => {
  expect(Object.keys(generator).toSorted()).toEqual([
    'EXIT',
    'Failure',
    'checkIdentifierName',
    'choice',
    'defineGenerator',
    'definePlanningGenerator',
    'flag',
    'integer',
    'list',
    'newPackageFolder',
    'newPackageOptions',
    'packageOption',
    'pluralOf',
    'spell',
    'text',
  ]);
});
