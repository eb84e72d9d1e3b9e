import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngineWorkspace, type EngineWorkspace } from '../../integration/engine/engine-workspace.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';
import { CHURN, CHURNED } from './churn.ts';

// Each test starts Plop several times: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
  await cp(join(repositoryRoot, 'generators/undo'), join(workspace.root, 'generators/undo'), { recursive: true });
  await workspace.write('generators/churn/generator.ts', CHURN);
  for (const [path, content, mode] of CHURNED) {
    await mkdir(dirname(at(path)), { recursive: true });
    await writeFile(at(path), Buffer.from(content, 'latin1'));
    await chmod(at(path), mode);
  }
  await workspace.write('packages/kept/README.md', 'kept\n');
});
afterEach(async () => workspace.remove());

const at = (path: string) => join(workspace.root, path);

/** Every file with its bytes and its permissions. Folders without files are not among them, as in git. */
async function files(): Promise<Record<string, string>> {
  const paths = [...(await workspace.tree())].filter(([path]) => !path.endsWith('/'));
  const entries = paths.map(async ([path, content]) => {
    const { mode } = await stat(at(path));
    return [path, `${(mode & 0o777).toString(8)} ${content}`] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

async function run(...args: string[]): Promise<void> {
  expect(await workspace.plop([...args, '--no-install'])).toMatchObject({ code: 0, stderr: '' });
}

const undo = (...args: string[]) => workspace.plop(['undo', '--no-install', ...args]);

/** The refusal of an undo that leaves everything as it is: the list of what has changed. */
async function refusal(): Promise<readonly string[]> {
  const before = await files();
  const { code, stdout, stderr } = await undo();
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(await files()).toEqual(before);
  expect(stderr).toMatch(
    /^The last run, \w+ in \S+ at [-\d]+ [:\d]+, is not undone, because files have changed since:\n/,
  );
  expect(stderr).toMatch(/\nNothing was written\. .*git status/);
  return stderr.split('\n').filter((line) => line.startsWith('  '));
}

describe('the last run is undone', () => {
  test('that made a package and edited two lists', async () => {
    const before = await files();
    await run('joined', 'orders');
    const { code, stdout, stderr } = await undo();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(
      /^ {2}remove .*note.txt\n {2}remove .*1-joined\.txt\n {2}remove .*1-joined\.json\n {2}edit {2}lists\/first.txt\n {2}edit {2}lists\/second.txt\nUndone\.\nThe last run was joined in packages\/orders at [-\d]+ [:\d]+\.\n\nNext:\n {2}git status\n$/,
    );
    expect(await files()).toEqual(before);
    expect(await readdir(at('packages'))).toEqual(['kept']);
  });

  test('that created, edited, moved and removed files: bytes, line ends and permissions are back', async () => {
    const before = await files();
    await run('churn');
    expect(await files()).not.toEqual(before);
    expect(((await stat(at('area/new/run.sh'))).mode & 0o100) !== 0).toBe(true);
    expect((await undo()).code).toBe(0);
    expect(await files()).toEqual(before);
    expect((await readdir(at('area'))).toSorted()).toEqual(['crlf.txt', 'deep', 'gone', 'tool.sh']);
    expect(await readdir(workspace.root)).not.toContain('moved');
  });

  test('after which the same run is made as if it had never been', async () => {
    await run('joined', 'orders');
    const made = await files();
    expect((await undo()).code).toBe(0);
    await run('joined', 'orders');
    expect(await files()).toEqual(made);
  });

  test('and no run before it', async () => {
    await run('joined', 'first');
    const before = await files();
    await run('joined', 'second');
    expect((await undo()).code).toBe(0);
    expect(await files()).toEqual(before);
    expect(await undo()).toEqual({
      code: 3,
      stdout: '',
      stderr:
        'There is no run to undo: the last one is undone already\nOnly the last run of a generator is kept, in node_modules until that is made anew. Take back other changes by git.\n',
    });
    expect(await files()).toEqual(before);
  });

  test('also after runs that changed nothing, were dry, or failed', async () => {
    const before = await files();
    await run('joined', 'orders');
    await run('joined', 'orders');
    expect((await workspace.plop(['joined', 'other', '--dry-run'])).code).toBe(0);
    await mkdir(at('packages/taken'));
    expect((await workspace.plop(['joined', 'taken', '--no-install'])).code).toBe(3);
    await chmod(at('lists'), 0o555);
    const refused = await workspace.plop(['joined', 'third', '--no-install'], { obeyPermissions: true });
    expect(refused.code, refused.stderr).toBe(1);
    await chmod(at('lists'), 0o755);
    expect((await undo()).code).toBe(0);
    expect(await files()).toEqual(before);
  });

  test('with what tools derived in its folder, node_modules among it', async () => {
    await run('simple', 'orders');
    await workspace.write('packages/orders/node_modules/left/index.js', '');
    await workspace.write('packages/orders/src/.vitest/evidence.json', '{}');
    expect((await undo()).code).toBe(0);
    expect(await readdir(at('packages'))).toEqual(['kept']);
  });

  test('and what git ignores in its folder stays, and is named', async () => {
    execFileSync('git', ['init', '--quiet'], { cwd: workspace.root });
    await workspace.write('.gitignore', '.env\n');
    await run('simple', 'orders');
    await workspace.write('packages/orders/.env', 'SECRET=1\n');
    const { code, stdout } = await undo();
    expect(code).toBe(0);
    expect(stdout).toContain('\npackages/orders/.env stays: git ignores it, and the run did not write it.\n');
    expect(await readdir(at('packages/orders'))).toEqual(['.env']);
  });
});

describe('it is refused, with a list', () => {
  test('of files that were edited, deleted, replaced or made executable', async () => {
    await run('joined', 'orders');
    await rm(at('packages/orders/note.txt'));
    await symlink('../kept/README.md', at('packages/orders/note.txt'));
    await chmod(at('packages/orders/.splitlevel/runs/1-joined.json'), 0o755);
    await workspace.write('lists/first.txt', 'first\r\norders\r\n');
    await rm(at('lists/second.txt'));
    expect(await refusal()).toEqual([
      '  packages/orders/note.txt (replaced)',
      '  packages/orders/.splitlevel/runs/1-joined.json (made executable)',
      '  lists/first.txt (edited)',
      '  lists/second.txt (deleted)',
    ]);
  });

  test('of files that are there again', async () => {
    await run('churn');
    await workspace.write('area/deep/deep.bin', 'mine');
    await workspace.write('area/gone/gone.sh', 'mine');
    expect(await refusal()).toEqual(['  area/deep/deep.bin (there again)', '  area/gone/gone.sh (there again)']);
  });

  test('of files that were added to a folder of the run; elsewhere they are in nobody’s way', async () => {
    await run('churn');
    await workspace.write('area/mine.txt', 'mine');
    await workspace.write('area/new/deeper/mine.txt', 'mine');
    await workspace.write('moved/mine.txt', 'mine');
    expect(await refusal()).toEqual(['  area/new/deeper/mine.txt (added)', '  moved/mine.txt (added)']);
    await rm(at('area/new/deeper'), { recursive: true });
    await rm(at('moved/mine.txt'));
    expect((await undo()).code).toBe(0);
    expect(await workspace.read('area/mine.txt')).toBe('mine');
  });

  test('and is done once the change is taken back', async () => {
    const before = await files();
    await run('joined', 'orders');
    await workspace.write('packages/orders/note.txt', 'mine\n');
    expect(await refusal()).toEqual(['  packages/orders/note.txt (edited)']);
    await workspace.write('packages/orders/note.txt', 'Made for orders.\n');
    expect((await undo()).code).toBe(0);
    expect(await files()).toEqual(before);
  });
});

test('its help lists the options of every generator, since it has none of its own', async () => {
  const { code, stdout } = await workspace.plop(['undo', '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^Usage: npx plop undo \[options\]\n\nTakes back the last run .*\n\nOptions of every generator:\n/,
  );
});

test('without a run there is nothing to undo', async () => {
  const { code, stdout, stderr } = await undo();
  expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
  expect(stderr).toMatch(/^There is no run to undo\nOnly the last run/);
});

test('a dry run prints a diff that git takes, and writes nothing', async () => {
  const before = await files();
  await run('joined', 'orders');
  const made = await files();
  const { code, stdout, stderr } = await workspace.plop(['undo', '--dry-run']);
  expect(code).toBe(0);
  expect(stderr).toMatch(/^The last run was joined in packages\/orders at [-\d]+ [:\d]+\.\n$/);
  expect(stdout).toContain('deleted file mode 100644\n--- a/packages/orders/note.txt\n+++ /dev/null\n');
  expect(await files()).toEqual(made);
  execFileSync('git', ['apply'], { cwd: workspace.root, input: stdout });
  expect(await files()).toEqual(before);
});

test('with --json it is one object, as for all', async () => {
  await run('joined', 'orders');
  const { code, stdout } = await undo('--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    ok: true,
    exitCode: 0,
    generator: 'undo',
    folder: 'packages/orders',
    result: 'written',
    files: [
      { path: 'packages/orders/note.txt', fate: 'remove' },
      { path: 'packages/orders/.splitlevel/base/1-joined.txt', fate: 'remove' },
      { path: 'packages/orders/.splitlevel/runs/1-joined.json', fate: 'remove' },
      { path: 'lists/first.txt', fate: 'edit' },
      { path: 'lists/second.txt', fate: 'edit' },
    ],
    notes: [expect.stringMatching(/^The last run was joined in packages\/orders at /)],
    installed: false,
    nextSteps: ['git status'],
  });
  const again = await undo('--json');
  expect(JSON.parse(again.stdout)).toMatchObject({
    ok: false,
    exitCode: 3,
    error: 'There is no run to undo: the last one is undone already',
  });
});

test('a node_modules that is a link to that of another workspace keeps nothing of this one', async () => {
  await run('simple', 'orders');
  const [scratch = ''] = (await readdir(at('.tmp'))).filter((each) => each.startsWith('splitlevel-generate-'));
  expect((await readdir(at(`.tmp/${scratch}`))).toSorted()).toEqual(['last-run.json', 'lock']);
});
