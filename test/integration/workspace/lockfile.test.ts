import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adaptLockfile, type Lockfile } from '../../../generators/workspace/lockfile.ts';
import { setFlags } from '../../../generators/workspace/lockfile-flags.ts';
import type { Manifest } from '../../../generators/workspace/manifest.ts';
import { TOOLS } from '../../../generators/workspace/tools.ts';

import { repositoryRoot } from '../../scratch-workspace.ts';

const read = <T>(path: string): T => JSON.parse(readFileSync(join(repositoryRoot, path), 'utf8')) as T;
const own = read<Lockfile>('package-lock.json');
const text = (value: unknown) => JSON.stringify(value, undefined, 2);

describe('marks of dependencies', () => {
  test('are, to the byte, what npm made of this repository’s own lockfile', () => {
    expect(text(setFlags(own.packages))).toBe(text(own.packages));
  });
});

describe('the lockfile of a new repository', () => {
  const scopes = { from: own.name.split('/')[0] ?? '', to: '@zebra' };
  const manifests = new Map<string, Manifest>(
    Object.keys(own.packages)
      .filter((folder) => !folder.includes('node_modules'))
      .map((folder) => [folder, read<Manifest>(join(folder, 'package.json'))]),
  );

  test('is this one where nothing changes', () => {
    expect(text(adaptLockfile(own, manifests, { from: '@x', to: '@x' }))).toBe(text(own));
  });

  test('has its packages by their new names, and nothing of those that stay behind', () => {
    const folders = ['', ...TOOLS.map((tool) => `packages/${tool}`)];
    const renamed = new Map(folders.map((folder) => [folder, manifests.get(folder) as Manifest]));
    renamed.set('packages/testkit', { ...manifests.get('packages/testkit'), name: '@zebra/testkit' } as Manifest);
    const { packages } = adaptLockfile(own, renamed, scopes);
    expect(packages['node_modules/@zebra/testkit']).toEqual({ resolved: 'packages/testkit', link: true });
    expect(packages['packages/testkit']).toMatchObject({ name: '@zebra/testkit' });
    expect(
      Object.keys(packages).filter(
        (path) => path.includes('pricing') || (path.includes('/testkit') && path.includes(scopes.from)),
      ),
    ).toEqual([]);
    expect(packages['node_modules/kysely'], 'only the templates name its version').toMatchObject({ dev: true });
    expect(Object.keys(packages)).toEqual(Object.keys(packages).toSorted((a, b) => a.localeCompare(b, 'en')));
  });
});
