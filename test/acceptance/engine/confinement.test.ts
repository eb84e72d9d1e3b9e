import { chmod, mkdir, mkdtemp, readdir, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createEngineWorkspace, type EngineWorkspace } from '../../integration/engine/engine-workspace.ts';

// Each test starts Plop, some of them several times: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let workspace: EngineWorkspace;
let outside: string;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
  outside = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-outside-')));
});
afterEach(async () => {
  await workspace.remove();
  await rm(outside, { recursive: true, force: true });
});

const at = (path: string) => join(workspace.root, path);

async function refusal(args: readonly string[], code: number): Promise<string> {
  const before = await workspace.tree();
  const finished = await workspace.plop([...args, '--no-install']);
  expect(finished.code, finished.stderr).toBe(code);
  expect(finished.stderr).not.toContain('    at ');
  expect(await workspace.tree()).toEqual(before);
  expect(await readdir(outside)).toEqual([]);
  return finished.stderr;
}

describe('nothing is written outside the workspace', () => {
  test.each(['..', '.', '', '../x', '/etc', 'a/../../x', 'a//b'])('by a name that nobody checked: %j', async (name) => {
    expect(await refusal(['simple', `--name=${name}`], 1)).toContain('is not a path inside the workspace');
  });

  test('through a symlink on the way', async () => {
    await rm(at('packages'), { recursive: true });
    await symlink(outside, at('packages'));
    expect(await refusal(['simple', 'orders'], 1)).toContain(
      `packages/orders leads outside the workspace, through a symlink to ${outside}`,
    );
  });

  test('through a symlink in its place, dangling ones too', async () => {
    await symlink(outside, at('packages/orders'));
    expect(await refusal(['simple', 'orders'], 3)).toContain('packages/orders is a symlink');
    await symlink(join(outside, 'nowhere'), at('packages/books'));
    expect(await refusal(['simple', 'books'], 3)).toContain('packages/books is a symlink');
  });

  test('by an edit of a shared file that is a symlink, or lies behind one', async () => {
    await rename(at('lists/first.txt'), at('first.txt'));
    await symlink(at('first.txt'), at('lists/first.txt'));
    expect(await refusal(['joined', 'orders'], 3)).toContain('lists/first.txt is to be edited, but is not there');
    await rm(at('lists'), { recursive: true });
    await symlink(outside, at('lists'));
    expect(await refusal(['joined', 'orders'], 1)).toContain('leads outside the workspace');
  });

  test('but a symlink that stays inside is followed', async () => {
    await mkdir(at('apps'));
    await rm(at('packages'), { recursive: true });
    await symlink('apps', at('packages'));
    expect((await workspace.plop(['simple', 'orders', '--no-install'])).code).toBe(0);
    expect(await workspace.read('apps/orders/note.txt')).toBe('one file\n');
  });
});

describe('a disk that says no: exit 1, nothing written, a sentence', () => {
  test('a file where a folder should be', async () => {
    await rm(at('packages'), { recursive: true });
    await writeFile(at('packages'), 'a file');
    expect(await refusal(['simple', 'orders'], 1)).toMatch(
      /^The files could not be written: ENOTDIR.*\nNothing was changed/,
    );
  });

  test('a folder that may not be written', async () => {
    await chmod(at('packages'), 0o555);
    const before = await workspace.tree();
    const finished = await workspace.plop(['simple', 'orders', '--no-install'], { obeyPermissions: true });
    expect(finished).toMatchObject({ code: 1, stdout: '' });
    expect(finished.stderr).toMatch(
      /^The files could not be written: EACCES.*\nNothing was changed\. Look at the permissions/,
    );
    expect(await workspace.tree()).toEqual(before);
    await chmod(at('packages'), 0o755);
  });

  test.each([
    [
      'is not there',
      '/nowhere/at/all',
      /all\/splitlevel-generate-\S+ in the temporary folder could not be made: ENOENT/,
    ],
    ['is a file', '/dev/null', /could not be made: ENOTDIR/],
  ])('a temporary folder that %s', async (_what, path, sentence) => {
    const before = await workspace.tree();
    const environment = { TMPDIR: path };
    const { code, stdout, stderr } = await workspace.plop(['simple', 'orders', '--no-install'], { environment });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toMatch(/\nLet TMPDIR name a folder that is there, can be written to and has some space\.\n$/);
    expect(stderr).not.toContain('    at ');
    expect(await workspace.tree()).toEqual(before);
  });

  test("a private folder that is somebody else's to read", async () => {
    await workspace.plop(['simple', 'first', '--no-install']);
    const [folder] = (await readdir(at('.tmp'))).filter((name) => name.startsWith('splitlevel-generate-'));
    await chmod(at(`.tmp/${folder}`), 0o777);
    expect(await refusal(['simple', 'orders'], 1)).toContain('is not a private folder of this user');
  });
});
