import { expect, test } from 'vitest';
import { setFlags } from './lockfile-flags.ts';

test('marks follow every path from the root', () => {
  const packages = setFlags({
    '': {
      devDependencies: { both: '1', tool: '1' },
      dependencies: { used: '1' },
      optionalDependencies: { may: '1' },
    },
    'node_modules/both': { version: '1' },
    'node_modules/may': { version: '1', dependencies: { shared: '1' } },
    'node_modules/shared': { version: '1' },
    'node_modules/tool': { version: '1', dependencies: { shared: '1', both: '1' }, peerDependencies: { peer: '1' } },
    'node_modules/peer': { version: '1' },
    'node_modules/used': { version: '1', dependencies: { both: '1' } },
    'node_modules/used/node_modules/both': { version: '2', dev: true, optional: true },
    'node_modules/stray': { version: '1' },
  });
  expect(packages).toMatchObject({
    'node_modules/both': { dev: true },
    'node_modules/may': { optional: true },
    'node_modules/shared': { devOptional: true },
    'node_modules/tool': { dev: true },
    'node_modules/peer': { dev: true, peer: true },
  });
  expect(packages['node_modules/used/node_modules/both']).toEqual({ version: '2' });
  expect(packages).not.toHaveProperty('node_modules/stray');
});
