import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readSources } from '../../../generators/workspace/sources.ts';
import { repositoryRoot } from '../../scratch-workspace.ts';

let home: string;
let root: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'splitlevel-sources-'));
  root = join(home, 'source');
  for (const path of ['package.json', 'package-lock.json', 'LICENSE', '.github/workflows/ci.yml', 'nx.json'])
    write(path, `${path} as committed\n`);
  write('.gitignore', '*.log\n');
  write('generators/run.sh', '#!/bin/sh\n');
  chmodSync(join(root, 'generators/run.sh'), 0o755);
  write('templates/service/base/a.txt', 'a\n');
  write('packages/testkit/src/index.ts', 'export {};\n');
  write('packages/testkit/integration/own.test.ts', 'stays here\n');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

function write(path: string, content: string, at = root): void {
  mkdirSync(dirname(join(at, path)), { recursive: true });
  writeFileSync(join(at, path), content);
}

/** Runs git with nothing of the machine's configuration but what is given. */
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=N', '-c', 'user.email=n@example.org', ...args], { cwd: root, stdio: 'pipe' });

function commit(): void {
  if (!existsSync(join(root, '.git'))) git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Start');
}

const read = () => readSources(root, 'github', join(home, 'scratch'));
const pathsOf = (sources: ReturnType<typeof read>) => sources.files.map(({ path }) => path).sort();
const given = [
  '.github/workflows/ci.yml',
  '.gitignore',
  'generators/run.sh',
  'nx.json',
  'packages/testkit/src/index.ts',
  'templates/service/base/a.txt',
];

describe('what goes along from a repository', () => {
  test('is what is committed: nothing that is untracked, ignored or excluded, and no .env', () => {
    write('.env', 'NX_ISOLATE_PLUGINS=false\n');
    commit();
    write('.git/info/exclude', 'excluded.ts\n');
    write('.env', 'TOKEN=secret\n');
    write('generators/untracked.ts', 'mine\n');
    write('generators/excluded.ts', 'mine\n');
    write('packages/testkit/debug.log', 'secret\n');
    const sources = read();
    expect(pathsOf(sources)).toEqual(given);
    expect(sources.uncommitted).toEqual(['generators/untracked.ts']);
    expect(JSON.stringify(sources.files.map(({ content }) => String(content)))).not.toContain('secret');
  });

  test('has its committed content where the work tree has another, or none; both are said', () => {
    commit();
    write('nx.json', 'changed\n');
    write('package.json', 'changed\n');
    git('add', 'package.json');
    rmSync(join(root, 'templates/service/base/a.txt'));
    const sources = read();
    expect(pathsOf(sources)).toEqual(given);
    expect(String(sources.files.find(({ path }) => path === 'nx.json')?.content)).toBe('nx.json as committed\n');
    expect(String(sources.needed('package.json'))).toBe('package.json as committed\n');
    expect(sources.uncommitted).toEqual(['nx.json', 'package.json', 'templates/service/base/a.txt']);
  });

  test('is whole where the work tree is sparse, or a file is held back from git', () => {
    commit();
    git('update-index', '--skip-worktree', 'nx.json');
    write('nx.json', 'local\n');
    rmSync(join(root, 'templates'), { recursive: true });
    git('update-index', '--skip-worktree', 'templates/service/base/a.txt');
    const sources = read();
    expect(pathsOf(sources)).toEqual(given);
    expect(String(sources.files.find(({ path }) => path === 'nx.json')?.content)).toBe('nx.json as committed\n');
    expect(sources.uncommitted).toEqual([]);
  });

  test('has LF where the work tree was checked out with CRLF', () => {
    commit();
    git('config', 'core.autocrlf', 'true');
    for (const path of ['nx.json', 'generators/run.sh']) rmSync(join(root, path));
    git('checkout', '--', '.');
    const sources = read();
    for (const { path, content } of sources.files) expect(content.includes('\r'), path).toBe(false);
    expect(sources.uncommitted).toEqual([]);
  });

  test('keeps what can be run as such, and symlinks as symlinks', () => {
    symlinkSync('run.sh', join(root, 'generators/also.sh'));
    symlinkSync('../templates/service', join(root, 'generators/folder'));
    commit();
    const kinds = Object.fromEntries(read().files.map(({ path, kind }) => [path, kind]));
    expect(kinds).toMatchObject({
      'generators/also.sh': 'link',
      'generators/folder': 'link',
      'generators/run.sh': 'executable',
      'nx.json': 'file',
    });
  });

  test.each(['/etc/passwd', '../../outside', '../docs/secret.md', '../.env'])('has no symlink to %s', (target) => {
    write('docs/secret.md', 'stays here\n');
    symlinkSync(target, join(root, 'generators/link.ts'));
    commit();
    expect(read).toThrow(`generators/link.ts is a symlink to ${target}, which does not go along`);
  });

  test('has no submodule', () => {
    commit();
    const id = git('rev-parse', 'HEAD').toString().trim();
    git('update-index', '--add', '--cacheinfo', `160000,${id},generators/other`);
    git('commit', '--quiet', '--message', 'Add a submodule');
    expect(read).toThrow('generators/other is a submodule, whose files another repository has');
  });

  test('is the same in a folder of a larger repository', () => {
    commit();
    rmSync(join(root, '.git'), { recursive: true });
    write('notes.txt', 'of the larger one\n', home);
    const here = root;
    root = home;
    commit();
    root = here;
    write('nx.json', 'changed\n');
    expect(pathsOf(read())).toEqual(given);
    expect(read().uncommitted).toEqual(['nx.json']);
  });
});

test('a repository without a commit gives nothing, and is told to commit', () => {
  git('init', '--quiet');
  expect(read).toThrow(
    `${root} has no commit with its package.json, and a new repository is made from what is committed`,
  );
});

describe('what goes along from a folder that is in no repository, as one that was installed', () => {
  test('is what lies there, without what its own .gitignore names, whatever the user ignores', () => {
    write('packages/testkit/debug.log', 'secret\n');
    write('.env', 'TOKEN=secret\n');
    write('ignored', '*.json\n*.ts\n', home);
    write('gitconfig', `[core]\nexcludesFile = ${join(home, 'ignored')}\n`, home);
    vi.stubEnv('GIT_CONFIG_GLOBAL', join(home, 'gitconfig'));
    const sources = read();
    expect(pathsOf(sources)).toEqual(given);
    expect(sources.uncommitted).toEqual([]);
    expect(sources.files.find(({ path }) => path === 'generators/run.sh')?.kind).toBe('executable');
  });

  test('is the same among the ignored packages of a repository', () => {
    write('.gitignore', 'source/\n', home);
    const here = root;
    root = home;
    commit();
    root = here;
    expect(pathsOf(read())).toEqual(given);
  });
});

test('the .env of a new repository is that of this one, and has nothing but settings of its tasks', () => {
  const template = readFileSync(join(repositoryRoot, 'templates/workspace/base/dot-env'), 'utf8');
  expect(template).toBe(readFileSync(join(repositoryRoot, '.env'), 'utf8'));
  const lines = template.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  for (const line of lines) expect(line).toMatch(/^(NX_[A-Z_]+|FORCE_COLOR|NO_COLOR)=[\w-]+$/);
});
