import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdtempSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { generator as fixture } from '../../../generators/fixture/generator.ts';
import { generator as service } from '../../../generators/service/generator.ts';
import { generator as stub } from '../../../generators/stub/generator.ts';
import { type EarlierPackage, type EarlierState, earlierStates } from '../../history/earlier-states.ts';
import type { Outcome } from '../../scratch-workspace.ts';
import { createEarlierWorkspace, type EarlierWorkspace } from './earlier-workspace.ts';

const MONEY = 'packages/money';
const SPLIT = `${MONEY}/src/split-evenly.ts`;

/** A state whose library has other words in a comment than today's. */
const state = earlierStates().find(({ packages }) => packages.some(({ name }) => name === 'money')) as EarlierState;
const money = state.packages.find(({ name }) => name === 'money') as EarlierPackage;

let workspace: EarlierWorkspace;
let elsewhere: string;
beforeAll(async () => {
  workspace = await createEarlierWorkspace(true);
});
afterAll(() => workspace?.remove());
beforeEach(() => {
  elsewhere = mkdtempSync(join(tmpdir(), 'splitlevel-update-'));
  workspace.git('checkout', '-q', '--force', 'HEAD', '--', '.');
  workspace.put([money], state);
  workspace.commit();
});
afterEach(() => rmSync(elsewhere, { recursive: true, force: true }));

const at = (path: string) => join(workspace.root, path);

function update(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const settings = {
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    INIT_CWD: workspace.root,
    ...environment,
  };
  return workspace.run('plop', ['update', '--yes', '--no-install', ...args], { environment: settings });
}

/** Updates the library without a proof, and expects that it is written. */
async function updateMoney(environment: Readonly<Record<string, string>> = {}, code = 0): Promise<Outcome> {
  const outcome = await update(['--package', 'money', '--prove', 'none'], environment);
  expect(outcome.code, outcome.stdout + outcome.stderr).toBe(code);
  return outcome;
}

const edit = async (path: string, from: string | RegExp, to: string) => {
  const before = await workspace.read(path);
  const after = before.replace(from, to);
  expect(after).not.toBe(before);
  await workspace.write(path, after);
};

/** An edit of the line that the template has changed since. */
const clash = () => edit(SPLIT, / \* @throws .*/, ' * @throws whatever the owner wants');
const changed = () => workspace.git('status', '--porcelain');

describe('what an update shows', () => {
  test('a dry run prints the diff and writes nothing', async () => {
    const { code, stdout } = await update(['--package', 'money', '--prove', 'none', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain(`+++ b/${SPLIT}`);
    expect(stdout).toMatch(/^\+ \* @throws \{RangeError\}/m);
    expect(changed()).toBe('');
  });

  test('an update is proven, written, and nothing the second time', async () => {
    const first = await update(['--package', 'money']);
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout).toContain(`  edit  ${SPLIT}\n`);
    const second = await update(['--package', 'money']);
    expect(second.code, second.stderr).toBe(0);
    expect(second.stdout).toContain(`Unchanged: ${MONEY} is up to date. Nothing was written.`);
  });

  test('a conflict has markers with the base, stages in the index, exit code 5, and an entry in --json', async () => {
    await clash();
    workspace.commit();
    const { code, stdout } = await update(['--package', 'money', '--prove', 'none', '--json']);
    expect(code).toBe(5);
    const said = JSON.parse(stdout);
    expect(said).toMatchObject({ ok: false, exitCode: 5, result: 'written', error: 'a conflict is left to resolve:' });
    expect(said.conflicts).toEqual([
      { path: SPLIT, kind: 'content', explanation: 'You and the template changed the same lines.' },
    ]);
    expect(await workspace.read(SPLIT)).toMatch(
      /^<{7} yours\n \* @throws whatever.*\n\|{7} as it was generated\n \* @throws .*\n={7}\n \* @throws .*\n>{7} template$/m,
    );
    const stages = workspace.git('ls-files', '-u').trim().split('\n');
    expect(stages.map((line) => line.split(/[ \t]/).slice(2))).toEqual([1, 2, 3].map((stage) => [`${stage}`, SPLIT]));
    expect(changed()).toContain(`UU ${SPLIT}\n`);
    expect(workspace.git('show', `:2:${SPLIT}`)).toContain('whatever the owner wants');

    // A second one would take the markers for the owner's text.
    expect(await update(['--package', 'money', '--prove', 'none'])).toMatchObject({
      code: 3,
      stderr: expect.stringContaining(`these files have conflicts that are not resolved: ${SPLIT}\nResolve each`),
    });
    expect(changed()).toContain(`UU ${SPLIT}\n`);

    const undone = await workspace.run('plop', ['undo', '--yes', '--no-install']);
    expect(undone.code, undone.stderr).toBe(0);
    expect(changed(), 'the conflict is still in the index').toBe('');
  });
});

test.each([
  ['SIGTERM', 143],
  ['SIGINT', 130],
] as const)(
  '%s while the package is tried ends it with the usual code, and nothing is written',
  async (signal, code) => {
    const running = workspace.start('plop', ['update', '--package', 'money', '--yes', '--no-install'], {
      environment: { INIT_CWD: workspace.root },
    });
    await running.waitFor(/^Trying in a copy/m);
    await sleep(500);
    process.kill(Number(running.group), signal);
    expect(await running.finish(30_000)).toBe(code);
    expect(running.output()).not.toMatch(/Error|^\s+at /m);
    expect(changed()).toBe('');
  },
);

describe('files that are not committed', () => {
  test('are not changed, and named', async () => {
    await clash();
    const { code, stderr } = await update(['--package', 'money', '--prove', 'none']);
    expect(code).toBe(3);
    expect(stderr).toContain(
      `Nothing was written, because these files have changes that are not committed: ${SPLIT}\nCommit or stash them, or name them: --force-dirty ${SPLIT}`,
    );
    expect(changed()).toBe(` M ${SPLIT}\n`);
  });

  test('are changed where --force-dirty names them', async () => {
    await edit(SPLIT, /$/, '// The end.\n');
    const { code, stderr } = await update(['--package', 'money', '--prove', 'none', '--force-dirty', SPLIT]);
    expect(code, stderr).toBe(0);
    expect(await workspace.read(SPLIT)).toMatch(/an integer from 1[\s\S]*\/\/ The end\.\n$/);
  });

  test('do not matter where the update does not touch them', async () => {
    await workspace.write(`${MONEY}/src/größe.ts`, 'export const one = 1;\n');
    await updateMoney();
    expect(await workspace.read(`${MONEY}/src/größe.ts`)).toBe('export const one = 1;\n');
  });

  test('a file that git ignores is not overwritten without a word where a template has a new one', async () => {
    await workspace.write('templates/library/base/owned.log', 'of the template\n');
    await workspace.write(`${MONEY}/owned.log`, 'of the owner\n');
    try {
      const { code, stdout, stderr } = await update(['--package', 'money', '--prove', 'none']);
      expect([3, 5], stdout + stderr).toContain(code);
      expect(stdout + stderr).toContain(`${MONEY}/owned.log`);
      expect(await workspace.read(`${MONEY}/owned.log`)).toContain('of the owner\n');
    } finally {
      rmSync(at('templates/library/base/owned.log'));
    }
  });
});

describe('repositories of every kind', () => {
  test('none at all', async () => {
    await edit(SPLIT, /$/, '// The end.\n');
    workspace.commit();
    renameSync(at('.git'), join(elsewhere, 'git'));
    try {
      await updateMoney();
      expect(await workspace.read(SPLIT)).toMatch(/an integer from 1[\s\S]*\/\/ The end\.\n$/);
    } finally {
      renameSync(join(elsewhere, 'git'), at('.git'));
    }
  });

  test('a conflict without git is in the file and in the report', async () => {
    await clash();
    renameSync(at('.git'), join(elsewhere, 'git'));
    try {
      const { stderr } = await updateMoney({}, 5);
      expect(stderr).toContain(`  ${SPLIT}: You and the template changed the same lines.`);
      expect(await workspace.read(SPLIT)).toContain('\n||||||| as it was generated\n');
    } finally {
      renameSync(join(elsewhere, 'git'), at('.git'));
    }
  });

  test.each(['worktree', 'shallow clone'])('a %s', async (kind) => {
    await clash();
    workspace.commit();
    const kept = join(elsewhere, 'repository/.git');
    const other = join(elsewhere, 'other');
    if (kind === 'worktree') {
      execFileSync('git', ['worktree', 'add', '-q', '--no-checkout', other], { cwd: workspace.root, stdio: 'pipe' });
    } else {
      execFileSync('git', ['clone', '-q', '--depth=1', '--no-checkout', `file://${workspace.root}`, other], {
        stdio: 'pipe',
      });
    }
    cpSync(at('.git'), kept, { recursive: true });
    rmSync(at('.git'), { recursive: true });
    cpSync(join(other, '.git'), at('.git'), { recursive: true });
    if (kind === 'worktree') {
      rmSync(other, { recursive: true });
      execFileSync('git', ['worktree', 'repair', workspace.root], {
        cwd: join(elsewhere, 'repository'),
        stdio: 'pipe',
      });
    }
    try {
      workspace.git('reset', '-q');
      expect(changed()).toBe('');
      await updateMoney({}, 5);
      expect(workspace.git('ls-files', '-u').trim().split('\n')).toHaveLength(3);
    } finally {
      rmSync(at('.git'), { recursive: true });
      cpSync(kept, at('.git'), { recursive: true });
    }
  });

  test('whatever the person’s configuration is', async () => {
    await clash();
    workspace.commit();
    await workspace.write(
      '.nx/hooks/pre-commit',
      '#!/bin/sh\ntouch "$(git rev-parse --show-toplevel)/.nx/hooked"\nexit 1\n',
    );
    chmodSync(at('.nx/hooks/pre-commit'), 0o755);
    for (const hook of ['post-checkout', 'post-merge', 'post-index-change', 'reference-transaction']) {
      cpSync(at('.nx/hooks/pre-commit'), at(`.nx/hooks/${hook}`));
    }
    const configuration = `[core]\nhooksPath = ${at('.nx/hooks')}\nautocrlf = true\nquotePath = true\n[commit]\ngpgSign = true\n[gpg]\nprogram = false\n[merge]\nconflictStyle = zdiff3\nrenames = false\n[diff]\nexternal = false\nnoprefix = true\nmnemonicPrefix = true\n[color]\nui = always\n[status]\nshowUntrackedFiles = no\nrelativePaths = true\n`;
    await workspace.write('.nx/gitconfig', configuration);
    await updateMoney({ GIT_CONFIG_GLOBAL: at('.nx/gitconfig') }, 5);
    expect(await workspace.read(SPLIT)).toMatch(/^\|{7} as it was generated$/m);
    expect(workspace.git('ls-files', '-u').trim().split('\n')).toHaveLength(3);
  });
});

describe('what its owner did stays', () => {
  test('a file renamed to a name with umlauts, with a conflict', async () => {
    const renamed = `${MONEY}/src/größe.ts`;
    await clash();
    renameSync(at(SPLIT), at(renamed));
    for (const path of ['index.ts', 'split-evenly.test.ts']) {
      await edit(`${MONEY}/src/${path}`, /split-evenly\.ts/, 'größe.ts');
    }
    workspace.commit();
    const { stdout } = await update(['--package', 'money', '--prove', 'none', '--json']);
    expect(JSON.parse(stdout).conflicts).toMatchObject([{ path: renamed, kind: 'content' }]);
    const stages = workspace.git('-c', 'core.quotePath=false', 'ls-files', '-u').trim().split('\n');
    expect(stages.map((line) => line.split('\t')[1])).toEqual([renamed, renamed, renamed]);
    expect(workspace.git('status', '--porcelain', '--', SPLIT)).toBe('');
  });

  test('permissions and symbolic links', async () => {
    chmodSync(at(SPLIT), 0o755);
    renameSync(at(`${MONEY}/README.md`), at(`${MONEY}/NOTES.md`));
    symlinkSync('NOTES.md', at(`${MONEY}/README.md`));
    symlinkSync('split-evenly.ts', at(`${MONEY}/src/link.ts`));
    workspace.commit();
    const { code } = await update(['--package', 'money', '--prove', 'none']);
    expect([0, 5]).toContain(code);
    expect(await workspace.read(SPLIT)).toContain('an integer from 1');
    expect(statSync(at(SPLIT)).mode & 0o777).toBe(0o755);
    for (const [link, target] of [
      ['README.md', 'NOTES.md'],
      ['src/link.ts', 'split-evenly.ts'],
    ] as const) {
      expect(lstatSync(at(`${MONEY}/${link}`)).isSymbolicLink(), link).toBe(true);
      expect(readlinkSync(at(`${MONEY}/${link}`))).toBe(target);
    }
  });

  test('a deletion', async () => {
    rmSync(at(SPLIT));
    workspace.commit();
    const { stdout } = await updateMoney();
    expect(stdout).toContain(`${SPLIT} stays deleted, though its template has changed.`);
    expect(workspace.texts(MONEY).has('src/split-evenly.ts')).toBe(false);
  });

  test('line ends of Windows', async () => {
    await edit(SPLIT, /$/, '// The end.\n');
    await workspace.write(SPLIT, (await workspace.read(SPLIT)).replaceAll('\n', '\r\n'));
    workspace.commit();
    await updateMoney();
    const text = await workspace.read(SPLIT);
    expect(text).toMatch(/an integer from 1[\s\S]*\/\/ The end\.\r\n$/);
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });
});

test('two branches that each add to a service merge without a conflict in its record, and it is updated afterwards', async () => {
  workspace.clear();
  await workspace.generate(service, { name: 'orders', entity: 'order' });
  workspace.commit();
  const start = workspace.git('rev-parse', 'HEAD').trim();
  const addStub = () => workspace.generate(stub, { name: 'rates', package: 'orders' });
  const addFixture = () => workspace.generate(fixture, { kind: 'redis', package: 'orders' });
  const branch = async (name: string, ...additions: readonly (() => Promise<unknown>)[]) => {
    workspace.git('checkout', '-q', '-b', name, start);
    for (const add of additions) {
      await add();
    }
    workspace.commit();
  };
  await branch('both', addFixture, addStub);
  await branch('stub', addStub);
  await branch('fixture', addFixture);
  try {
    workspace.git('merge', '-q', '--no-edit', 'stub');
  } catch {
    // Both add to the same lists; the person takes both.
    const open = workspace.git('diff', '--name-only', '--diff-filter=U', '-z').split('\0').filter(Boolean);
    expect(open.filter((path) => path.includes('.splitlevel'))).toEqual([]);
    workspace.git('checkout', '-q', 'both', '--', ...open);
    workspace.commit();
  }
  const runs = [...workspace.texts('packages/orders').keys()].filter((path) => path.startsWith('.splitlevel/runs/'));
  expect(runs).toEqual([
    '.splitlevel/runs/1-service.json',
    '.splitlevel/runs/2-fixture-redis.json',
    '.splitlevel/runs/2-stub-rates.json',
  ]);
  const { code, stdout, stderr } = await update(['--package', 'orders', '--prove', 'none']);
  expect(code, stdout + stderr).toBe(0);
  const again = await update(['--package', 'orders', '--prove', 'none']);
  expect(again.stdout).toContain('Unchanged: ');
});

describe('a template that breaks a package', () => {
  const template = 'templates/library/base/src/split-evenly.ts';

  test.each([
    ['typecheck', 'const one = ', 'const one: number = ', /TS2322/],
    ['unit', 'parts.reverse()', 'parts.slice()', /split-evenly\.test\.ts/],
  ])('is told of by the package and the step: %s, and nothing is written', async (step, from, to, said) => {
    const before = await workspace.read(template);
    await edit(template, from, to);
    try {
      const { code, stderr } = await update(['--package', 'money']);
      expect(code, stderr).toBe(1);
      expect(stderr).toMatch(
        new RegExp(`Nothing was written, because ${step} of ${MONEY} is green now and would turn red:`),
      );
      expect(stderr).toMatch(said);
      expect(changed()).toBe(` M ${template}\n`);
    } finally {
      await workspace.write(template, before);
    }
  });
});

describe('what cannot be updated', () => {
  test.each<[what: string, args: readonly string[], code: number, said: RegExp]>([
    ['a name that is none', ['--package', 'mony'], 2, /--package: .*mony.*did you mean.*money/is],
    ['no name', [], 2, /--package or --all must be given: no package was named/],
    [
      'a package that was written by hand',
      ['--package', 'testkit'],
      3,
      /packages\/testkit cannot be updated: it has no record/,
    ],
    ['--set for all', ['--all', '--set', 'port=1', '--package', 'money'], 2, /is for one package at a time|--set/],
    [
      'a step that is none',
      ['--package', 'money', '--prove', 'all'],
      2,
      /--prove: must be one of unit, integration, none/,
    ],
  ])('%s', async (_, args, code, said) => {
    const outcome = await update(args);
    expect(outcome.stderr).toMatch(said);
    expect(outcome.code, outcome.stderr).toBe(code);
    expect(changed()).toBe('');
  });

  test('--all where nothing was generated', async () => {
    workspace.clear();
    const { code, stderr } = await update(['--all']);
    expect(code).toBe(3);
    expect(stderr).toContain('Nothing in this workspace was made by a generator\nnpx plop service makes a package.');
  });
});
