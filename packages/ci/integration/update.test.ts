import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { update } from '../src/update.ts';

let root: string;
let left: string;
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'splitlevel-update-')));
  left = join(root, '.vitest/update');
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  writeFileSync(join(root, '.gitignore'), 'node_modules/\n.vitest/\n');
  writeFileSync(join(root, 'main.ts'), 'old\n');
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '.');
  git('-c', 'user.name=N', '-c', 'user.email=n@example.org', 'commit', '--quiet', '--message', 'Start');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

/** Runs the update with a stand-in for Plop that does what the script says. */
async function updateBy(script: string) {
  const plop = join(root, 'node_modules/.bin/plop');
  writeFileSync(plop, `#!${process.execPath}\nconst { writeFileSync } = require('node:fs');\n${script}`);
  chmodSync(plop, 0o755);
  const [output, summary] = [join(root, '.vitest/output'), join(root, '.vitest/summary')];
  mkdirSync(join(root, '.vitest'), { recursive: true });
  const environment = { ...process.env, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
  const code = await update(left, root, environment);
  expect(readFileSync(summary, 'utf8')).toBe(readFileSync(join(left, 'text.md'), 'utf8'));
  return { code, output: readFileSync(output, 'utf8'), text: readFileSync(summary, 'utf8') };
}

const answer = (outcome: object) => `console.log(${JSON.stringify(JSON.stringify(outcome))});`;
const written = { exitCode: 0, result: 'written', files: [{ path: 'main.ts', fate: 'edit' }] };

test('what was written is a commit of its own, in a file that a clone of the same commit can take', async () => {
  git('config', 'commit.gpgSign', 'true');
  const hook = join(root, '.git/hooks/pre-commit');
  writeFileSync(hook, '#!/bin/sh\nexit 1\n');
  chmodSync(hook, 0o755);
  const before = git('rev-parse', 'HEAD');
  const clone = join(root, '.vitest/clone');
  git('clone', '--quiet', '--depth', '1', `file://${root}`, clone);
  const asked = "writeFileSync('.vitest/asked', process.argv.slice(2).join(' '));";
  const { code, output, text } = await updateBy(`${asked} writeFileSync('main.ts', 'new\\n'); ${answer(written)}`);
  expect([code, output]).toEqual([0, 'result=written\n']);
  expect(text).toContain('- edit `main.ts`');
  expect(readFileSync(join(root, '.vitest/asked'), 'utf8')).toBe('update --all --yes --json');
  expect(git('log', '-1', '--format=%s|%b|%ae|%ce|%P')).toBe(
    `Update what was generated||update@splitlevel.invalid|update@splitlevel.invalid|${before}`,
  );

  execFileSync('git', ['fetch', '--quiet', join(left, 'commit.bundle'), 'HEAD'], { cwd: clone });
  const fetched = execFileSync('git', ['rev-parse', 'FETCH_HEAD'], { cwd: clone, encoding: 'utf8' }).trim();
  expect(fetched).toBe(git('rev-parse', 'HEAD'));
});

test('conflicts are committed with their markers, and the commit names them', async () => {
  const conflicts = [{ path: 'main.ts', kind: 'content', explanation: 'both changed the same lines' }];
  const outcome = { ...written, exitCode: 5, error: 'a conflict is left to resolve:', conflicts };
  // As the real one leaves the index: the file is unmerged.
  const unmerge = `require('node:child_process').execFileSync('git', ['update-index', '--index-info'], {
    input: ['0 ' + '0'.repeat(40) + '\\tmain.ts', ...[1, 2, 3].map((stage) => '100644 ${git('rev-parse', 'HEAD:main.ts')} ' + stage + '\\tmain.ts')].join('\\n') + '\\n',
  });`;
  const script = `${unmerge} writeFileSync('main.ts', '<<<<<<< ours\\n'); ${answer(outcome)} process.exitCode = 5;`;
  const { code, output, text } = await updateBy(script);
  expect([code, output]).toEqual([0, 'result=written\n']);
  expect(text).toContain('- `main.ts`: both changed the same lines');
  expect(git('show', 'HEAD:main.ts')).toBe('<<<<<<< ours');
  expect(git('log', '-1', '--format=%b')).toBe('Left to resolve:\n- main.ts');
  expect(git('status', '--porcelain')).toBe('');
});

test('nothing to update makes no commit', async () => {
  const before = git('rev-parse', 'HEAD');
  const { code, output } = await updateBy(answer({ exitCode: 0, result: 'unchanged', files: [] }));
  expect([code, output]).toEqual([0, 'result=unchanged\n']);
  expect(git('rev-parse', 'HEAD')).toBe(before);
  expect(existsSync(join(left, 'commit.bundle'))).toBe(false);
});

test.each([
  [
    'a refusal',
    `${answer({ exitCode: 1, error: 'unit would turn red', remedy: 'Look at it.' })} process.exitCode = 1;`,
    /unit would turn red\n```\n\nLook at it\./,
  ],
  [
    'a command that dies',
    "console.error('no such template'); process.exit(7);",
    /without an answer \(exit code 7\)\nno such template/,
  ],
])('%s makes no commit, is told, and fails', async (_, script, told) => {
  const before = git('rev-parse', 'HEAD');
  const { code, output, text } = await updateBy(script);
  expect([code, output]).toEqual([1, 'result=failed\n']);
  expect(text).toMatch(told);
  expect(git('rev-parse', 'HEAD')).toBe(before);
});

test('what was written but not installed is committed, and fails', async () => {
  const outcome = { ...written, exitCode: 4, error: 'npm install ended with exit code 1', remedy: 'npm install' };
  const { code, output, text } = await updateBy(`writeFileSync('main.ts', 'new\\n'); ${answer(outcome)}`);
  expect([code, output]).toEqual([1, 'result=written\n']);
  expect(text).toContain('npm install ended with exit code 1');
  expect(git('show', 'HEAD:main.ts')).toBe('new');
});
