import { describe, expect, test } from 'vitest';
import type { Workspace } from '../workspace.ts';
import { newPackageFolder, newPackageOptions, packageOption } from './packages.ts';

const workspace: Workspace = {
  root: '/',
  scope: '@acme',
  version: '1.0.0',
  versions: {},
  projects: new Map([
    ['workspace', '.'],
    ['stock', 'packages/stock'],
    ['orders', 'packages/orders'],
    ['shop', 'apps/shop'],
  ]),
};
const context = { answers: {}, workspace };

describe('a package that exists', () => {
  const option = packageOption({ description: 'Which?', fits: (folder) => folder !== 'packages/stock' });

  test('is chosen among those that fit', () => {
    expect(option.suggestions?.(context)).toEqual(['orders', 'shop']);
  });

  test('is by default the one in whose folder the command was given', () => {
    const defaultOf = (here?: string) =>
      typeof option.default === 'function' && option.default({ answers: {}, workspace: { ...workspace, here } });
    expect(defaultOf('orders')).toBe('orders');
    expect(defaultOf()).toBeUndefined();
  });

  test('is known, in whichever folder of the workspaces it is', () => {
    expect(option.validate?.('shop', context)).toBeUndefined();
    expect(option.validate?.('ordes', context)).toBe(
      'there is no package "ordes"; did you mean orders?; there are: orders, shop, stock',
    );
    expect(option.validate?.('workspace', context)).toContain('there is no package "workspace"');
  });
});

describe('a new package', () => {
  test('goes to the folder of packages', () => {
    expect(newPackageFolder('a', workspace)).toBe('packages/a');
    expect(newPackageFolder('a', { ...workspace, packages: 'apps' })).toBe('apps/a');
    expect(() => newPackageFolder('a', { ...workspace, packages: '' })).toThrow('no folder takes a new package');
  });

  test('may not have the name of a project elsewhere', () => {
    const { name } = newPackageOptions('service', 'What it does');
    expect(name.validate?.('shop', context)).toBe(
      '"shop" is the name of the project in apps/shop already; choose another',
    );
    expect(name.validate?.('shop', { ...context, workspace: { ...workspace, packages: 'apps' } })).toBeUndefined();
    expect(name.validate?.('orders', context)).toBeUndefined();
  });
});
