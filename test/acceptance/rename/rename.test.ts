import { existsSync, readdirSync } from 'node:fs';
import { rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseBase } from '../../../generators/engine/record/base-file.ts';
import { expectGreen } from '../../green-packages.ts';
import { LOOK_ALIKES, linkPackages, makeEightPackages, NAMES, NEXT } from './eight-packages.ts';
import { createOwnedWorkspace, type OwnedWorkspace } from './owned-workspace.ts';

let workspace: OwnedWorkspace;
let before: ReadonlyMap<string, string>;
beforeAll(async () => {
  workspace = await createOwnedWorkspace();
  await makeEightPackages(workspace);
  before = await workspace.texts();
});
afterAll(() => workspace.remove());

const at = (path: string) => join(workspace.root, path);

async function rename(name: string, to: string, prove = 'none') {
  return await workspace.plop('rename', { package: name, to, prove });
}

/** The failure of a rename that leaves everything as it is. */
async function refusal(given: Readonly<Record<string, unknown>>) {
  const status = workspace.git('status', '--porcelain');
  const failure = await workspace.plop('rename', { prove: 'none', ...given }).then(
    ({ result }) => ({ message: result }),
    (error: Error) => error,
  );
  expect(workspace.git('status', '--porcelain')).toBe(status);
  return failure;
}

/** The texts of the workspace, those that the records keep compressed among them. */
function withBases(texts: ReadonlyMap<string, string>): readonly (readonly [string, string])[] {
  return [...texts].flatMap(([path, text]) => {
    const files = path.includes('/.splitlevel/base/') ? parseBase(text) : undefined;
    if (files === undefined) {
      return [[path, text] as const];
    }
    return [...files].map(([own, { content }]) => [`${path}:${own}`, content.toString('utf8')] as const);
  });
}

describe('is refused', () => {
  test.each([
    [{ package: 'abacus', to: 'quotas' }, 'there is a package "quotas" already'],
    [{ package: 'abacus', to: 'abacus' }, 'there is a package "abacus" already'],
    [{ package: 'abacus', to: 'testkit' }, 'there is a package "testkit" already'],
    [{ package: 'abacus', to: 'A b' }, '--to'],
    [{ package: 'abacus', to: '../up' }, '--to'],
    [{ package: 'abaci', to: 'sums' }, 'there is no package "abaci"; did you mean abacus?'],
  ])('for %o', async (given, message) => {
    expect(await refusal(given)).toMatchObject({ exitCode: 2, message: expect.stringContaining(message) });
  });

  test('where a folder of that name is', async () => {
    await workspace.write('packages/sums/mine.txt', 'mine\n');
    expect(await refusal({ package: 'abacus', to: 'sums' })).toMatchObject({
      exitCode: 3,
      message: 'packages/sums is there already',
    });
    await rm(at('packages/sums'), { recursive: true });
  });

  test('for a package that no generator made', async () => {
    expect(await refusal({ package: 'testkit', to: 'kit' })).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('packages/testkit '),
    });
  });

  test('where a file that it changes has changes, in the package or elsewhere, with their names', async () => {
    const [own, other] = ['packages/abacus/src/index.ts', 'README.md'];
    for (const path of [own, other]) {
      await workspace.write(path, `${before.get(path)}\n// Not committed.\n`);
    }
    expect(await refusal({ package: 'abacus', to: 'counter' })).toMatchObject({
      exitCode: 3,
      message: expect.stringMatching(/not committed: README\.md, packages\/abacus\/src\/index\.ts$/),
    });
    for (const path of [own, other]) {
      await workspace.write(path, before.get(path) ?? '');
    }
  });

  test('where a symlink is in the package', async () => {
    await symlink('README.md', at('packages/abacus/LINK.md'));
    expect(await refusal({ package: 'abacus', to: 'counter' })).toMatchObject({
      exitCode: 3,
      message: expect.stringContaining('packages/abacus/LINK.md is a symlink'),
    });
    await rm(at('packages/abacus/LINK.md'));
  });
});

test('the command tells of it, and a dry run writes nothing', async () => {
  const args = ['rename', '--package', 'turnstile', '--to', 'barrier', '--prove', 'none', '--yes'];
  const dry = await workspace.run('plop', [...args, '--dry-run']);
  expect(dry.code, dry.stderr).toBe(0);
  expect(dry.stdout).toContain('rename from packages/turnstile/src/main.ts\nrename to packages/barrier/src/main.ts\n');
  const json = await workspace.run('plop', [...args, '--dry-run', '--json']);
  expect(JSON.parse(json.stdout)).toMatchObject({
    ok: true,
    generator: 'rename',
    folder: 'packages/barrier',
    result: 'dry-run',
    files: expect.arrayContaining([
      { path: 'packages/barrier/src/main.ts', fate: 'move', from: 'packages/turnstile/src/main.ts' },
      { path: 'handbook/start.md', fate: 'edit' },
      { path: 'packages/bazaar/package.json', fate: 'edit' },
    ]),
  });
  expect(workspace.git('status', '--porcelain')).toBe('');
});

describe('eight packages, one after the other', () => {
  const changed: string[] = [];
  beforeAll(async () => {
    for (const name of NAMES) {
      await workspace.write(`packages/${name}/node_modules/.cache`, '');
      expect(await rename(name, NEXT[name]), name).toMatchObject({ result: 'written', problem: undefined });
      expect(existsSync(at(`packages/${name}`)), name).toBe(false);
      workspace.commit();
      changed.push(
        ...workspace.git('show', '--name-status', '--find-renames', '--format=').split('\n').filter(Boolean),
      );
    }
  });

  test('leave no mention of an old name', async () => {
    const texts = withBases(await workspace.texts()).filter(([path]) => path !== 'handbook/look-alikes.md');
    const mentions = NAMES.flatMap((name) => {
      const full = new RegExp(`(@splitlevel/|packages/|\\.\\./|nx \\w+ |[ ,](?=${name}[,:]\\w))${name}(?![\\w-])`);
      // What ledgers are about has their name too, and keeps it.
      const names = name === 'ledgers' ? [full] : [full, new RegExp(name, 'i')];
      return texts.flatMap(([path, text]) => {
        const lines = text.split('\n').filter((line) => names.some((each) => each.test(line)));
        return path.includes(`/${name}/`) ? [path] : lines;
      });
    });
    // Its owner's prose.
    expect(mentions).toEqual([
      expect.stringMatching(/^- \[abacus\]\(packages\/counter\/README\.md\) \(`@splitlevel\/counter`\) counts/),
      '- [Larder](./pantry/README.md)',
      '- [Gazette](bulletin/README.md)',
    ]);
    for (const path of [...(await workspace.texts()).keys()].filter((each) => each.endsWith('/package.json'))) {
      expect(JSON.parse(await workspace.read(path)).nx.name).toBe(path.split('/')[1]);
    }
    expect(await workspace.read('handbook/look-alikes.md')).toBe(LOOK_ALIKES);
  });

  test('keep what their owner wrote', async () => {
    expect(await workspace.read('README.md')).toContain("- The ledgers of old are nobody's.");
    for (const name of Object.values(NEXT)) {
      const line = `\nWe of @splitlevel/${name} are in \`packages/${name}\`.\n`;
      expect(await workspace.read(`packages/${name}/README.md`)).toContain(line);
    }
    expect(await workspace.read('packages/bulletin/src/thirds.ts')).toContain("from '@splitlevel/journals-archive';");
    expect(JSON.parse(await workspace.read('packages/souk/package.json'))).toMatchObject({
      name: '@splitlevel/souk',
      dependencies: { '@splitlevel/counter': '*' },
      nx: { name: 'souk', implicitDependencies: ['barrier', 'pantry'] },
    });
    expect(await workspace.read('handbook/start.md')).toContain(
      'npx nx run-many -t unit integration -p journals,journals-archive,portions\n',
    );
  });

  test('are renames to git', () => {
    expect(changed.filter((line) => /^R.*\/migrations\//.test(line)).length).toBeGreaterThan(3);
    // The few lines of a library's README all name it.
    const others = changed.filter((line) => /^[AD]/.test(line) && !/\/(README\.md$|\.splitlevel\/)/.test(line));
    expect(others).toEqual([]);
  });

  test('are green in lint, types and unit tests', async () => {
    const names = Object.values(NEXT);
    await linkPackages(workspace.root, names);
    await expectGreen(workspace, names, { targets: ['lint', 'typecheck', 'unit'] });
  });

  test('are up to date', async () => {
    expect(await workspace.plop('update', { all: true, prove: 'none' })).toMatchObject({ result: 'unchanged' });
  });

  test('and back again are as they were, to the byte', async () => {
    for (const name of NAMES.toReversed()) {
      // Packages find each other as long as their links are there.
      await rename(NEXT[name], name, name === 'gazette' ? 'unit' : 'none');
      workspace.commit();
    }
    expect(await workspace.texts()).toEqual(before);
    expect(readdirSync(at('packages')).filter((name) => Object.values<string>(NEXT).includes(name))).toEqual([]);
  });
});
