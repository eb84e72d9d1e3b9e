import { expect, test } from 'vitest';
import { nowhere } from './nowhere.ts';

test('a new repository has the versions of the pack, and no project around it', () => {
  const versions = { nx: '24.0.6' };
  expect(nowhere({ folder: '/pack', version: '1.0.0', versions })).toEqual({
    root: '/pack',
    scope: '',
    version: '1.0.0',
    versions,
    projects: new Map(),
  });
});
