import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { managerOf } from '../../../generators/engine/package-manager/managers.ts';
import { workspacePatterns } from '../../../generators/engine/package-manager/workspaces.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'splitlevel-manager-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function write(files: Readonly<Record<string, string>>): void {
  mkdirSync(root, { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    writeFileSync(join(root, path), text);
  }
}

describe('the package manager of a repository', () => {
  test.each([
    ['package-lock.json', 'npm'],
    ['pnpm-lock.yaml', 'pnpm'],
    ['yarn.lock', 'yarn'],
    ['bun.lock', 'bun'],
  ])('%s says %s, whatever package.json says', (lockfile, name) => {
    write({ [lockfile]: '', 'package.json': '{ "packageManager": "other@1.0.0" }' });
    expect(managerOf(root).name).toBe(name);
  });

  test('without a lockfile packageManager says it, and without both it is npm', () => {
    expect(managerOf(root).name).toBe('npm');
    write({ 'package.json': '{ "packageManager": "yarn@4.18.1" }' });
    expect(managerOf(root).name).toBe('yarn');
    write({ 'package.json': '{' });
    expect(managerOf(root).name).toBe('npm');
  });

  test('of two lockfiles it is the one that packageManager names', () => {
    write({ 'package-lock.json': '{}', 'pnpm-lock.yaml': '', 'package.json': '{ "packageManager": "pnpm@12.21.0" }' });
    expect(managerOf(root).name).toBe('pnpm');
  });
});

describe('the patterns of workspace packages', () => {
  test('are those of pnpm-workspace.yaml where it is there', () => {
    write({ 'package.json': '{ "workspaces": ["old/*"] }', 'pnpm-workspace.yaml': 'packages:\n  - "./libs/*/"\n' });
    expect(workspacePatterns(root)).toEqual(['libs/*']);
    write({ 'pnpm-workspace.yaml': '' });
    expect(workspacePatterns(root)).toEqual([]);
  });

  test.each([
    ['packages: libs', /packages in .*pnpm-workspace\.yaml must be a list of patterns$/],
    ['packages: [', /pnpm-workspace\.yaml cannot be read: /],
  ])('%s is refused', (yaml, message) => {
    write({ 'package.json': '{}', 'pnpm-workspace.yaml': yaml });
    expect(() => workspacePatterns(root)).toThrow(message);
  });

  test('else those of package.json', () => {
    write({ 'package.json': '{ "workspaces": { "packages": ["packages/*"] } }' });
    expect(workspacePatterns(root)).toEqual(['packages/*']);
  });
});
