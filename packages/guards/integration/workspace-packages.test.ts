import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Projects } from '../src/inputs/projects.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'splitlevel-projects-'));
  for (const folder of ['apps/shop', 'libs/money']) {
    mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, folder, 'package.json'), JSON.stringify({ name: `@acme/${folder.split('/')[1]}` }));
  }
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ['a list', { workspaces: ['./libs/*/'] }, undefined, ['root', '@acme/money']],
  ['an object', { workspaces: { packages: ['apps/*'] } }, undefined, ['root', '@acme/shop']],
  ['pnpm-workspace.yaml', { workspaces: ['libs/*'] }, 'packages:\n  - apps/*\n', ['root', '@acme/shop']],
  ['nothing', {}, undefined, ['root']],
  ['a file that cannot be read', {}, 'packages: [', ['root']],
])('the packages of a workspace are named by %s', (_, manifest, yaml, names) => {
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'root', ...manifest }));
  if (yaml !== undefined) {
    writeFileSync(join(root, 'pnpm-workspace.yaml'), yaml);
  }
  expect(new Projects(root).all().map(({ name }) => name)).toEqual(names);
});
