import { chmod, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ownPack } from '../../generators/engine/pack.ts';
import { filesOf } from '../../generators/workspace/files.ts';
import { createScratchWorkspace, repositoryRoot, type ScratchWorkspace } from '../scratch-workspace.ts';
import { Github, type WorkflowRun } from './github.ts';
import { nodePath, setInstalled } from './machine.ts';

// The steps of the workflow that new repositories get, on a branch that brings other templates: here they lie in the repository
// itself, so that a commit changes them as a new version does.
const WORKFLOW = '.github/workflows/update.yml';
const RENOVATE = 'renovate/splitlevel';
const TEMPLATE = 'templates/service/base/src/main.ts';
const GENERATED = 'packages/orders/src/main.ts';

let folder: string;
let remote: string;
let clone: ScratchWorkspace;
let machine: ScratchWorkspace;
let main: string;

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-update-')));
  remote = join(folder, 'remote.git');
  [clone, machine] = [await createScratchWorkspace(), await createScratchWorkspace()];
  const made = await clone.run('plop', ['service', 'orders', '--database', 'none', '--yes', '--no-install']);
  expect(made.code, made.stderr).toBe(0);
  const answers = { scope: '@shop', packageManager: 'npm', forge: 'github', owner: '' } as const;
  const files = filesOf('shop', answers, { root: repositoryRoot, ...ownPack() });
  await clone.write(WORKFLOW, String(files.find(({ path }) => path === WORKFLOW)?.content));
  await git('init', '--quiet', '--bare', '--initial-branch', 'main', remote);
  await git('init', '--quiet', '--initial-branch', 'main');
  await git('remote', 'add', 'origin', remote);
  main = await commit('Start');
  await git('push', '--quiet', 'origin', 'HEAD:main');
  await mkdir(join(folder, 'bin'));
  // Lists one pull request if the test says so, and notes everything else with the text that it was given.
  await writeFile(
    join(folder, 'bin/gh'),
    `#!/bin/bash
if [[ "$1 $2" == "pr list" ]]; then cat "${folder}/open"; exit; fi
echo "$*" >> "${folder}/asked"
while (($#)); do if [[ $1 == --body-file ]]; then cat "$2" > "${folder}/told"; fi; shift; done
`,
  );
  await chmod(join(folder, 'bin/gh'), 0o755);
});
afterAll(async () => {
  await setInstalled(machine, true);
  await Promise.all([clone.remove(), machine.remove()]);
  await rm(folder, { recursive: true, force: true });
});

async function git(...args: string[]): Promise<string> {
  const author = ['-c', 'user.name=N', '-c', 'user.email=n@example.org'];
  const { code, stdout, stderr } = await clone.run('git', [...author, ...args]);
  expect(code, `git ${args.join(' ')}\n${stdout}${stderr}`).toBe(0);
  return stdout.trim();
}

async function commit(message: string): Promise<string> {
  await git('add', '--all');
  await git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD');
}

/** The start, with the owner's text in the generated file and a new one in its template. */
async function branch(edits: { readonly owner?: [string, string]; readonly template?: [string, string] }) {
  await git('switch', '--quiet', '--force-create', 'work', main);
  for (const [path, edit] of [
    [GENERATED, edits.owner],
    [TEMPLATE, edits.template],
  ] as const) {
    if (edit !== undefined) {
      await clone.write(path, (await clone.read(path)).replace(...edit));
      await commit(`Change ${path}`);
    }
  }
  return git('rev-parse', 'HEAD');
}

/** Pushes the branch, lets the forge run the workflow, and gathers what became of the branch and what gh was asked. */
async function update(name: string, secrets: Record<string, string> = {}, pullRequest = '7\n') {
  await git('push', '--quiet', '--force', 'origin', `HEAD:refs/heads/${name}`);
  const files = ['asked', 'told'].map((each) => join(folder, each)) as [string, string];
  await Promise.all(files.map((file) => rm(file, { force: true })));
  await writeFile(join(folder, 'open'), pullRequest);
  const PATH = [join(folder, 'bin'), nodePath(machine)].join(delimiter);
  const github = new Github(machine, remote, join(folder, 'github'), { PATH });
  await mkdir(join(folder, 'github'), { recursive: true });
  github.workflow = 'update.yml';
  const event = name === RENOVATE ? 'push' : 'workflow_dispatch';
  const happening = { event, ref: `refs/heads/${name}`, commit: await git('rev-parse', 'HEAD') } as const;
  const run: WorkflowRun = await github.run(happening, {}, secrets);
  await git('fetch', '--quiet', '--prune', 'origin');
  const [asked, told] = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return { run, asked: asked?.split('\n').filter(Boolean), told };
}

const grace = ['const grace = 2000;', 'const grace = 3000;'] as [string, string];

test('a template that changed: the update is a commit in the branch of Renovate, and CI is asked for', async () => {
  const before = await branch({ template: grace });
  const { run, asked, told } = await update(RENOVATE);
  expect(run.results, run.output).toEqual({ update: 'success', propose: 'success' });
  expect(await git('rev-parse', `origin/${RENOVATE}^`)).toBe(before);
  expect(await git('log', '-1', '--format=%s %ae', `origin/${RENOVATE}`)).toBe(
    'Update what was generated update@splitlevel.invalid',
  );
  expect(await git('show', `origin/${RENOVATE}:${GENERATED}`)).toContain('const grace = 3000;');
  expect(asked).toEqual([
    'auth setup-git',
    'pr comment 7 --body-file .vitest/update/text.md',
    `workflow run ci.yml --ref ${RENOVATE}`,
  ]);
  expect(told).toMatch(/^## What was generated is updated\n/);
  expect(told).toContain(`edit \`${GENERATED}\``);
  expect(run.summary).toBe(told);

  // The push of a token of one's own starts the workflow again: nothing is left to do, and nobody is told.
  await git('switch', '--quiet', '--detach', `origin/${RENOVATE}`);
  const tip = await git('rev-parse', 'HEAD');
  const again = await update(RENOVATE, { UPDATE_TOKEN: 'mine' });
  expect(again.run.results, again.run.output).toEqual({ update: 'success', propose: 'skipped' });
  expect(again.asked).toEqual([]);
  expect(await git('rev-parse', `origin/${RENOVATE}`)).toBe(tip);
});

test('with conflicts: they are in the branch between markers, and in the text', async () => {
  await branch({ owner: [grace[0], 'const grace = 4000;'], template: grace });
  const { run, asked, told } = await update(RENOVATE, { UPDATE_TOKEN: 'mine' });
  expect(run.results, run.output).toEqual({ update: 'success', propose: 'success' });
  expect(await git('show', `origin/${RENOVATE}:${GENERATED}`)).toMatch(
    /<<<<<<< .*\nconst grace = 4000;\n\|{7} .*\nconst grace = 2000;\n=======\nconst grace = 3000;\n>>>>>>> /,
  );
  expect(told).toMatch(/^## What was generated is updated, with a conflict\n/);
  expect(told).toContain(`- \`${GENERATED}\`: `);
  // A token of one's own starts CI by its push.
  expect(asked).toEqual(['auth setup-git', 'pr comment 7 --body-file .vitest/update/text.md']);
});

test('an update that would turn tests red: nothing is pushed, the text says why, and the run fails', async () => {
  const before = await branch({ template: [grace[0], "const grace: number = 'long';"] });
  const { run, asked, told } = await update(RENOVATE);
  expect(run.results, run.output).toEqual({ update: 'failure', propose: 'success' });
  expect(await git('rev-parse', `origin/${RENOVATE}`)).toBe(before);
  expect(asked).toEqual(['pr comment 7 --body-file .vitest/update/text.md']);
  expect(told).toMatch(/^## What was generated could not be updated\n/);
  expect(told).toContain('typecheck');
});

test('by hand on the default branch: a branch and a pull request of its own', async () => {
  const before = await branch({ template: grace });
  const { run, asked, told } = await update('main', {}, '');
  expect(run.results, run.output).toEqual({ update: 'success', propose: 'success' });
  expect(await git('rev-parse', 'origin/main', 'origin/update/splitlevel^')).toBe(`${before}\n${before}`);
  expect(asked).toEqual([
    'auth setup-git',
    'pr create --head update/splitlevel --base main --title Update what was generated --body-file .vitest/update/text.md',
    'workflow run ci.yml --ref update/splitlevel',
  ]);
  expect(told).toMatch(/^## What was generated is updated\n/);

  // Once more, from another state: the branch may have a person's work by now.
  const tip = await git('rev-parse', 'origin/update/splitlevel');
  await branch({ template: [grace[0], 'const grace = 5000;'] });
  const refused = await update('main', {}, '8\n');
  expect(refused.run.results, refused.run.output).toEqual({ update: 'success', propose: 'failure' });
  expect(await git('rev-parse', 'origin/update/splitlevel')).toBe(tip);
  expect(refused.told).toContain(
    'the push was refused. [The log](https://github.example.org/shop/shop/actions/runs/1) says why.',
  );
});
