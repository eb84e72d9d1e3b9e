import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { gatherKept, type KeptCache, keptFolder, serveKept } from '../src/kept-cache.ts';

let root: string;
beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'splitlevel-kept-')));
  await mkdir(join(root, '.nx/kept'), { recursive: true });
  await writeFile(join(root, '.nx/kept/12'), 'twelve');
  await writeFile(join(root, '.nx/kept/34'), 'thirty-four');
});
afterEach(() => rm(root, { recursive: true }));

async function ask({ url, token }: KeptCache, path: string, method = 'GET', body: string | null = null) {
  const response = await fetch(`${url}${path}`, { method, body, headers: { authorization: `Bearer ${token}` } });
  return { status: response.status, text: await response.text() };
}

async function serve(folder: string): Promise<KeptCache> {
  const cache = await serveKept(folder, root);
  onTestFinished(() => cache.close());
  return cache;
}

const used = () => readdir(join(root, '.vitest/ci/kept'));

describe('the server of the folder that the forge carries', () => {
  test('answers what is in it, takes what is new, and notes both as worth keeping', async () => {
    const cache = await serve('.nx/kept');
    expect(cache.size).toBe(2);
    expect(await ask(cache, '/v1/cache/12')).toEqual({ status: 200, text: 'twelve' });
    expect(await ask(cache, '/v1/cache/56')).toEqual({ status: 404, text: '' });
    expect(await ask(cache, '/v1/cache/56', 'PUT', 'new')).toMatchObject({ status: 200 });
    expect(await ask(cache, '/v1/cache/56')).toEqual({ status: 200, text: 'new' });
    expect(await used()).toEqual(['12', '56']);
    expect(await readdir(join(root, '.nx/kept')), 'it is only read').toEqual(['12', '34']);
  });

  test('answers nobody else, and only paths of hashes', async () => {
    const cache = await serve('.nx/kept');
    expect(await ask({ ...cache, token: 'guess' }, '/v1/cache/12')).toMatchObject({ status: 401 });
    expect(await ask({ ...cache, token: 'guess' }, '/v1/cache/56', 'PUT', 'bad')).toMatchObject({ status: 401 });
    for (const path of ['/v1/cache/..%2f..%2fsecret', '/v1/cache/a/b', '/']) {
      expect(await ask(cache, path), path).toMatchObject({ status: 400 });
    }
  });

  test('keeps no process alive, nor do connections that its client keeps open', async () => {
    const script = `
      import { Agent, get } from 'node:http';
      import { serveKept } from ${JSON.stringify(join(import.meta.dirname, '../src/kept-cache.ts'))};
      const { url, token } = await serveKept('.nx/kept', ${JSON.stringify(root)});
      const agent = new Agent({ keepAlive: true });
      get(url + '/v1/cache/12', { agent, headers: { authorization: 'Bearer ' + token } }, (response) => {
        response.resume().on('end', () => console.log(response.statusCode));
      });
      agent.on('free', (socket) => socket.unref());`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 20_000,
    });
    expect(stdout).toBe('200\n');
  });

  test('a folder that is not there has no results', async () => {
    const cache = await serve('.nx/other');
    expect(cache.size).toBe(0);
    expect(await ask(cache, '/v1/cache/12')).toMatchObject({ status: 404 });
  });
});

describe('what machines leave for the next run', () => {
  const machine = async (name: string, results: Record<string, string>) => {
    const folder = join(root, 'reports', name);
    await mkdir(join(folder, 'kept'), { recursive: true });
    for (const [hash, text] of Object.entries(results)) {
      await writeFile(join(folder, 'kept', hash), text);
    }
    return folder;
  };
  const kept = () => readdir(join(root, '.nx/kept'));

  test('is what they used or found, of all of them, and nothing older', async () => {
    const machines = [await machine('quick', { 12: 'twelve', 56: 'new' }), await machine('one', { 78: 'other' })];
    gatherKept([...machines, join(root, 'reports/silent')], '.nx/kept', root, false);
    expect(await kept()).toEqual(['12', '56', '78']);
    expect(await readFile(join(root, '.nx/kept/78'), 'utf8')).toBe('other');
  });

  test('stands beside what is older where a task failed', async () => {
    gatherKept([await machine('quick', { 56: 'new' })], '.nx/kept', root, true);
    expect(await kept()).toEqual(['12', '34', '56']);
  });

  test('changes nothing where the run looked at no cache', async () => {
    gatherKept([join(root, 'reports/silent')], '.nx/kept', root, false);
    expect(await kept()).toEqual(['12', '34']);
  });
});

test.each<[what: string, environment: NodeJS.ProcessEnv, folder: string | undefined]>([
  ['GitHub', { CI_KEPT_CACHE: '.nx/kept', GITHUB_ACTIONS: 'true' }, '.nx/kept'],
  [
    "GitLab's default branch",
    { CI_KEPT_CACHE: 'k', GITLAB_CI: 'true', CI_COMMIT_BRANCH: 'main', CI_DEFAULT_BRANCH: 'main' },
    'k',
  ],
  [
    'another branch of GitLab',
    { CI_KEPT_CACHE: 'k', GITLAB_CI: 'true', CI_COMMIT_BRANCH: 'x', CI_DEFAULT_BRANCH: 'main' },
    undefined,
  ],
  ['a merge request', { CI_KEPT_CACHE: 'k', GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main' }, undefined],
  ["a developer's machine", {}, undefined],
  ['an empty variable', { CI_KEPT_CACHE: '' }, undefined],
])('the folder of %s', (_, environment, folder) => {
  expect(keptFolder(environment)).toBe(folder);
});
