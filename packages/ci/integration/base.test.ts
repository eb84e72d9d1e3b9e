import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scopeOf } from '../src/base.ts';

let folder: string;
let clone: string;
const main = { against: { revisions: ['refs/remotes/origin/main'] } };

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'splitlevel-base-')));
  clone = join(folder, 'clone');
  git(folder, 'init', '--quiet', '--bare', '--initial-branch', 'main', 'remote.git');
  git(folder, 'clone', '--quiet', 'remote.git', 'clone');
  commit('first');
  git(clone, 'push', '--quiet', 'origin', 'HEAD:main');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(cwd: string, ...args: string[]): string {
  const author = ['-c', 'user.name=N', '-c', 'user.email=n@example.org', '-c', 'protocol.file.allow=always'];
  return execFileSync('git', [...author, ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim();
}

function commit(name: string): string {
  writeFileSync(join(clone, name), name);
  git(clone, 'add', '.');
  git(clone, 'commit', '--quiet', '--message', name);
  return git(clone, 'rev-parse', 'HEAD');
}

test('a branch is compared with where it left the default branch, also when that has moved on', () => {
  const base = git(clone, 'rev-parse', 'HEAD');
  git(clone, 'switch', '--quiet', '--create', 'feature');
  commit('second');
  commit('third');
  git(clone, 'switch', '--quiet', 'main');
  commit('elsewhere');
  git(clone, 'push', '--quiet', 'origin', 'main');
  git(clone, 'switch', '--quiet', '--detach', 'feature');
  expect(scopeOf(main, clone)).toEqual({
    base,
    because: `files changed since ${base.slice(0, 10)}, which HEAD has in common with origin/main`,
  });
});

test('the merge of a pull request is compared with the side it merges into', () => {
  git(clone, 'switch', '--quiet', '--create', 'feature');
  commit('second');
  git(clone, 'switch', '--quiet', 'main');
  const base = commit('elsewhere');
  git(clone, 'push', '--quiet', 'origin', 'main');
  git(clone, 'merge', '--quiet', '--no-ff', '--message', 'Merge', 'feature');
  expect(scopeOf(main, clone).base).toBe(base);
});

test('a shallow clone without the common commit runs everything, and says how to mend it', () => {
  git(clone, 'switch', '--quiet', '--create', 'feature');
  commit('second');
  git(clone, 'push', '--quiet', 'origin', 'feature');
  git(folder, 'clone', '--quiet', '--depth', '1', '--no-single-branch', `file://${folder}/remote.git`, 'shallow');
  const shallow = join(folder, 'shallow');
  git(shallow, 'switch', '--quiet', 'feature');
  expect(scopeOf(main, shallow)).toEqual({
    because: 'HEAD has no commit in common with origin/main; the clone is shallow: fetch the whole history',
  });
  git(folder, 'clone', '--quiet', '--depth', '1', '--branch', 'feature', `file://${folder}/remote.git`, 'single');
  expect(scopeOf(main, join(folder, 'single'))).toEqual({
    because: 'everything, since git does not have origin/main; the clone is shallow: fetch the whole history',
  });
});

test('a history of its own, a commit that is gone and a folder without git run everything', () => {
  expect(scopeOf({ against: { revisions: ['a'.repeat(40)] } }, clone)).toEqual({
    because: `everything, since git does not have ${'a'.repeat(40)}`,
  });
  git(clone, 'switch', '--quiet', '--orphan', 'other');
  commit('other');
  expect(scopeOf(main, clone)).toEqual({ because: 'HEAD has no commit in common with origin/main' });
  expect(scopeOf(main, folder)).toEqual({ because: `${folder} is not a git repository with a commit` });
});

test('the first revision that there is counts', () => {
  const base = git(clone, 'rev-parse', 'HEAD');
  const against = { revisions: ['refs/remotes/origin/absent', 'refs/heads/main'] };
  expect(scopeOf({ against }, clone)).toMatchObject({ base });
});

test('what has to run whole is not compared at all', () => {
  expect(scopeOf({ against: { everything: 'it is night' } }, clone)).toEqual({ because: 'it is night' });
});
