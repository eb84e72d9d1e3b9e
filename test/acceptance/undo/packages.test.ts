import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
  await made(['service', 'shop']);
});
afterAll(() => workspace.remove());

const at = (path: string) => join(workspace.root, path);

async function made(args: readonly string[], installs = false): Promise<string> {
  const { code, stdout, stderr } = await workspace.run('plop', [
    ...args,
    '--yes',
    ...(installs ? [] : ['--no-install']),
  ]);
  expect(code, stdout + stderr).toBe(0);
  return stdout;
}

/** The hash and the mode of every file but those of node_modules and what tools keep. */
async function files(): Promise<Record<string, string>> {
  const entries = await readdir(workspace.root, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(workspace.root.length + 1))
    .filter((path) => !/(^|\/)(node_modules|\.nx|\.vitest)\//.test(path));
  const hashed = paths.toSorted().map(async (path) => {
    const { mode } = await stat(at(path));
    const hash = createHash('sha256').update(await readFile(at(path)));
    return [path, `${(mode & 0o777).toString(8)} ${hash.digest('hex')}`] as const;
  });
  return Object.fromEntries(await Promise.all(hashed));
}

describe('without an installation', () => {
  test.each([
    [['service', 'orders', '--upstream', 'rates']],
    [['library', 'sums', '--integration']],
    [['entity', 'order-line', '--package', 'shop', '--field', 'note:text?']],
    [['stub', 'rates', '--package', 'shop']],
    [['fixture', '--package', 'shop', '--kind', 'redis']],
  ])('%j is undone to the byte', async (args) => {
    const before = await files();
    await made(args);
    expect(await files()).not.toEqual(before);
    expect(await made(['undo'])).toContain(`Undone.\nThe last run was ${args[0]} in packages/`);
    expect(await files()).toEqual(before);
  });
});

describe('a package that was adopted', () => {
  const sources = {
    'package.json': '{\n    "name": "@splitlevel/stock",\n  "version": "1.0.0", "type": "module"\n}\n',
    'src/sum.ts': 'export const sum = (left: number, right: number): number => left + right\n',
    'test/sum.spec.ts':
      "import { expect, it } from 'vitest';\r\nimport { sum } from '../src/sum.ts';\r\n\r\nit('adds', () => {\r\n  expect(sum(1, 2)).toBe(3);\r\n});\r\n",
  };
  beforeEach(async () => {
    for (const [path, content] of Object.entries(sources)) {
      await workspace.write(`packages/stock/${path}`, content);
    }
  });

  test('is as its author wrote it', async () => {
    const before = await files();
    const told = await made(['adopt', '--package', 'stock']);
    expect(told).toMatch(/ {2}move {2}packages\/stock\/test\/sum\.spec\.ts → /);
    await made(['undo']);
    expect(await files()).toEqual(before);
  });
});

describe('with an installation by npm, offline', () => {
  const installed = () => existsSync(at('node_modules/@splitlevel/parcels'));

  test('the lockfile is back, and what the run left is there after an npm install of its own', async () => {
    await made(['library', 'noise']);
    await workspace.run('npm', ['install', '--offline', '--no-audit', '--no-fund']);
    const before = await files();
    await made(['library', 'parcels'], true);
    expect(installed()).toBe(true);
    expect(await workspace.read('package-lock.json')).toContain('"packages/parcels"');

    const again = await workspace.run('npm', ['install', '--offline', '--no-audit', '--no-fund']);
    expect(again.code, again.stderr).toBe(0);
    const told = await made(['undo'], true);
    expect(told).toContain('  edit  package-lock.json\n');
    expect(await files()).toEqual(before);
    expect(installed()).toBe(false);
    expect(await readdir(at('packages'))).not.toContain('parcels');
  });

  test('a lockfile that changed since is a change', async () => {
    await made(['library', 'parcels'], true);
    const lockfile = await workspace.read('package-lock.json');
    await workspace.write('package-lock.json', lockfile.replace(/\n$/, ' \n'));
    const refused = await workspace.run('plop', ['undo']);
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('\n  package-lock.json (edited)\n');
    await workspace.write('package-lock.json', lockfile);
    await made(['undo'], true);
  });

  test('a lockfile that only an installation by hand changed stays to the installation', async () => {
    await made(['library', 'parcels']);
    await workspace.run('npm', ['install', '--offline', '--no-audit', '--no-fund']);
    const told = await made(['undo'], true);
    expect(told).not.toContain('  edit  package-lock.json\n');
    expect(await workspace.read('package-lock.json')).not.toContain('"packages/parcels"');
  });
});

test('a repository made elsewhere is not undone, and neither is the run before it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'splitlevel-undo-'));
  try {
    await made(['library', 'sums']);
    const before = await files();
    const identity = {
      GIT_AUTHOR_NAME: 'a',
      GIT_AUTHOR_EMAIL: 'a@b.c',
      GIT_COMMITTER_NAME: 'a',
      GIT_COMMITTER_EMAIL: 'a@b.c',
    };
    const repository = await workspace.run('plop', ['workspace', join(folder, 'other'), '--yes', '--no-install'], {
      environment: identity,
    });
    expect(repository.code, repository.stderr).toBe(0);
    const { code, stderr } = await workspace.run('plop', ['undo']);
    expect(code).toBe(3);
    expect(stderr).toMatch(
      /^The last run, workspace in \S+other at [-\d]+ [:\d]+, wrote outside of this workspace, and cannot be undone\n/,
    );
    expect(stderr).toMatch(/\nRemove \S+other by hand if it is not needed\.\n$/);
    expect(await files()).toEqual(before);
    expect(existsSync(join(folder, 'other/package.json'))).toBe(true);
  } finally {
    await rm(folder, { recursive: true });
  }
});
