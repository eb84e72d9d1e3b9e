import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { obeyPermissions } from '../obey-permissions.ts';
import { createScratchWorkspace, type Outcome, type ScratchWorkspace } from '../scratch-workspace.ts';

// Each test starts Plop: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let workspace: ScratchWorkspace;
let home: string;
beforeAll(async () => {
  workspace = await createScratchWorkspace();
});
afterAll(() => workspace.remove());
beforeEach(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-home-')));
});
afterEach(async () => {
  await chmod(home, 0o700);
  await rm(home, { recursive: true });
});

/**
 * Runs the command, with git's configuration in place of the machine's own; permissions bind it, or not the
 * superuser's.
 */
async function plop(args: readonly string[], { configuration = known, obey = false } = {}): Promise<Outcome> {
  const file = join(workspace.root, 'gitconfig');
  await writeFile(file, configuration);
  const environment = { GIT_CONFIG_GLOBAL: file, GIT_CONFIG_NOSYSTEM: '1', EMAIL: undefined, INIT_CWD: undefined };
  const plain = ['workspace', ...args, '--yes', '--no-install'];
  const [command, ...rest] = obey ? obeyPermissions('plop', plain) : ['plop', ...plain];
  return workspace.run(command as string, rest, { environment });
}

/** Every name below the home folder. */
const there = async () => (await readdir(home, { recursive: true })).toSorted();

const known = '[user]\nname = N\nemail = n@example.org\n';
const unknown = '[user]\nuseConfigOnly = true\n';

test.each<[what: string, prepare: () => Promise<unknown>, code: number, told: RegExp, configuration?: string]>([
  [
    'a folder that is not empty',
    () => make('shop/notes.txt'),
    3,
    /shop is not empty: notes\.txt is in it\nChoose a folder that is empty/,
  ],
  ['a file', () => writeFile(join(home, 'shop'), ''), 3, /shop is there, and is not a folder/],
  [
    'a place in another repository',
    () => mkdir(join(home, '.git')),
    3,
    /shop is inside another repository, \S+\nChoose a place outside/,
  ],
  [
    'a parent that is not there',
    () => rm(home, { recursive: true }).then(() => writeFile(home, '')),
    2,
    /is not there, or is not a folder/,
  ],
  [
    'an author whom git does not know',
    async () => undefined,
    1,
    /git does not know who you are.*\nTell it: git config --global user\.name 'Your Name'/,
    unknown,
  ],
])('%s is refused, nothing written', async (_, prepare, code, told, configuration = known) => {
  await prepare();
  const before = await there().catch(() => 'none');
  const outcome = await plop([join(home, 'shop'), '--scope', '@shop'], { configuration });
  expect(outcome).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(told) });
  expect(await there().catch(() => 'none')).toEqual(before);
  if (before === 'none') {
    await rm(home).then(() => mkdir(home));
  }
});

async function make(path: string): Promise<void> {
  await mkdir(join(home, path, '..'), { recursive: true });
  await writeFile(join(home, path), 'mine\n');
}

test('a place in this very workspace is refused, through a symlink too', async () => {
  const told = { code: 3, stderr: expect.stringContaining(`is inside another repository, ${workspace.root}`) };
  expect(await plop(['packages/shop'])).toMatchObject(told);
  await symlink(join(workspace.root, 'packages'), join(home, 'link'));
  expect(await plop([join(home, 'link/shop')])).toMatchObject(told);
});

test('a parent that cannot be written to is refused, nothing written', async () => {
  await chmod(home, 0o555);
  const outcome = await plop([join(home, 'shop'), '--scope', '@shop'], { obey: true });
  expect(outcome).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/cannot be written to: EACCES.*\nChoose another place/),
  });
  expect(await there()).toEqual([]);
});

test('a dry run shows every file, and writes nothing', async () => {
  const { code, stdout } = await plop([join(home, 'shop'), '--scope', '@shop', '--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toContain('+++ b/.github/workflows/ci.yml\n');
  expect(stdout).toContain('+  "name": "@shop/workspace",\n');
  expect(stdout).toContain('+NX_ISOLATE_PLUGINS=false\n');
  expect(await there()).toEqual([]);
});

test('what a killed run left beside the place is cleared away', async () => {
  const first = await plop([join(home, 'shop'), '--scope', '@shop', '--json']);
  expect(JSON.parse(first.stdout)).toMatchObject({ ok: true, result: 'written', folder: join(home, 'shop') });
  // The steps can be run one after the other.
  expect(JSON.parse(first.stdout).nextSteps.slice(0, 2)).toEqual([
    `(cd ${join(home, 'shop')} && npm install)`,
    `cd ${join(home, 'shop')}`,
  ]);
  await rm(join(home, 'shop'), { recursive: true });
  // As it is while a run writes: the stage, and nothing at the place.
  const { createHash } = await import('node:crypto');
  const stage = join(home, `.splitlevel-${createHash('sha256').update(join(home, 'shop')).digest('hex').slice(0, 12)}`);
  await mkdir(join(stage, '.git'), { recursive: true });
  await writeFile(join(stage, 'half'), '');
  expect(await plop([join(home, 'shop'), '--scope', '@shop'])).toMatchObject({ code: 0 });
  expect(await readdir(home)).toEqual(['shop']);
  expect(await readdir(join(home, 'shop'))).not.toContain('half');
});

test('git that refuses to commit: its words, nothing written', async () => {
  const hooks = join(workspace.root, 'hooks');
  await mkdir(hooks, { recursive: true });
  await writeFile(join(hooks, 'pre-commit'), '#!/bin/sh\necho "no commits today" >&2; exit 1\n', { mode: 0o755 });
  const configuration = `${known}[core]\nhooksPath = ${hooks}\n`;
  const outcome = await plop([join(home, 'shop'), '--scope', '@shop'], { configuration });
  expect(outcome).toMatchObject({
    code: 1,
    stderr:
      'git commit ended with exit code 1:\nno commits today\nNothing was written. Mend what git says, then run the command again.\n',
  });
  expect(await there()).toEqual([]);
});

test('an empty folder is taken, and what the user’s git ignores is committed all the same', async () => {
  await mkdir(join(home, 'shop'));
  await writeFile(join(workspace.root, 'ignored'), '.vscode\n*.json\n');
  const configuration = `${known}[core]\nexcludesFile = ${join(workspace.root, 'ignored')}\nautocrlf = true\n`;
  const args = [join(home, 'shop'), '--scope', '@shop', '--owner', '@shop/platform', '--forge', 'gitlab'];
  expect(await plop(args, { configuration })).toMatchObject({ code: 0 });
  const tree = await workspace.run('git', ['-C', join(home, 'shop'), 'ls-files']);
  expect(tree.stdout.split('\n')).toEqual(
    expect.arrayContaining(['.vscode/settings.json', 'package.json', 'CODEOWNERS']),
  );
  expect(await readFile(join(home, 'shop/CODEOWNERS'), 'utf8')).toMatch(/^\* @shop\/platform$/m);
  const log = await workspace.run('git', ['-C', join(home, 'shop'), 'log', '--format=%an <%ae> %s %D']);
  expect(log.stdout).toBe('N <n@example.org> Start shop on the Splitlevel standard 0.0.0 HEAD -> main\n');
});

test('a scope that cannot be derived must be given', async () => {
  expect(await plop([join(home, 'My shop!')])).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('--scope must be given'),
  });
});
