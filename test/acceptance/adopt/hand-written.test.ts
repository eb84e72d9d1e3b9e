import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sample } from '../../sample.ts';
import { createScratchWorkspace, type Outcome, type ScratchWorkspace } from '../../scratch-workspace.ts';
import type { HandWritten } from './hand-written.ts';
import { decidedBySettings } from './hand-written-settings.ts';
import { decidedByTests } from './hand-written-tests.ts';
import { otherRunners } from './other-runners.ts';

let workspace: ScratchWorkspace;
const outcomes = new Map<string, Outcome>();
const handWritten: Readonly<Record<string, HandWritten>> = { ...decidedByTests, ...decidedBySettings };
/** Two have tests of their own below. */
const always = ['one-fails', 'with-globals'];
const all = Object.entries(handWritten);
const chosen = sample('hand-written packages', all, 1 / 5, ([name]) => name);
const drawn = all.filter((each) => chosen.includes(each) || always.includes(each[0]));
const names = drawn.map(([name]) => name);

beforeAll(async () => {
  workspace = await createScratchWorkspace();
  for (const [name, { files }] of drawn) {
    await make(name, files);
  }
  for (const name of names) {
    outcomes.set(name, await workspace.run('plop', ['adopt', '--package', name, '--no-install']));
  }
}, 1_200_000);
afterAll(() => workspace.remove());

async function make(name: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await workspace.write(`packages/${name}/${path}`, text);
  }
}

describe.each(drawn)('%s', (name, { places, settings = {}, stays = {}, texts = {}, gone = [] }) => {
  const isThere = (path: string) => existsSync(join(workspace.root, 'packages', name, path));

  test('ends under the standard, or says what is left', () => {
    const { code, stdout, stderr } = outcomes.get(name) as Outcome;
    const isLeft = Object.keys(stays).length > 0;
    expect(code, stdout + stderr).toBe(isLeft ? 4 : 0);
    expect(stderr.includes(`packages/${name} is not wholly under the standard yet`)).toBe(isLeft);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there are to be none.
    expect(stdout + stderr).not.toMatch(/\u001b/);
    // What takes less than a second is not told.
    expect(stderr).toMatch(/^(Observing the tests of|Trying in a copy how) packages\//m);
  });

  test('places what passes, and lets the rest stay with the reason', async () => {
    const { stdout } = outcomes.get(name) as Outcome;
    for (const [from, to] of Object.entries(places)) {
      expect(isThere(to), to).toBe(true);
      expect(isThere(from), from).toBe(from === to);
      if (from !== to) {
        expect(stdout).toContain(`  move  packages/${name}/${from} → packages/${name}/${to}\n`);
      }
    }
    expect(stdout.match(/^ {2}stays /gm) ?? []).toHaveLength(Object.keys(stays).length);
    for (const [path, reason] of Object.entries(stays)) {
      const line = stdout.split('\n').find((each) => each.startsWith(`  stays  packages/${name}/${path}: `));
      expect(line).toMatch(reason);
      expect(await workspace.read(`packages/${name}/adoption.json`)).toContain(`"${path}": `);
    }
    expect(isThere('adoption.json')).toBe(Object.keys(stays).length > 0);
  });

  test('says of each setting what becomes of it, and does that', async () => {
    const lines = (outcomes.get(name) as Outcome).stdout.split('\n').map((line) => line.trim());
    for (const [setting, fate] of Object.entries(settings)) {
      expect(
        lines.find((line) => line.startsWith(`${setting} `)),
        setting,
      ).toMatch(fate);
    }
    for (const [path, text] of Object.entries(texts)) {
      const content = await workspace.read(`packages/${name}/${path}`);
      expect(content).toEqual(typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text));
    }
    expect(gone.filter(isThere)).toEqual([]);
  });
});

test('all targets of all packages are green', async () => {
  const targets = ['lint', 'typecheck', 'unit', 'integration'];
  const { code, stdout, stderr } = await workspace.run('nx', ['run-many', '-t', ...targets, '-p', ...names], {
    timeout: 600_000,
  });
  expect(code, stdout + stderr).toBe(0);
  const suites = drawn.reduce((sum, [, { suites: own = ['unit'] }]) => sum + own.length, 0);
  expect(stdout).toContain(`for ${names.length} projects`);
  expect(stdout.match(/^> nx run \S+:(unit|integration)/gm)).toHaveLength(suites);
});

test('the standard tells of each what stays, and nothing else', async () => {
  const { stdout } = await workspace.run('npm', ['run', '--silent', 'standard', '--', '--json'], { timeout: 600_000 });
  const { packages } = JSON.parse(stdout) as { packages: { name: string; findings: { what: string }[] }[] };
  for (const [name, { stays = {} }] of drawn) {
    const found = packages
      .find((each) => each.name === name)
      ?.findings.map(({ what }) => what)
      .toSorted();
    const expected = Object.keys(stays)
      .toSorted()
      .map((path) => expect.stringContaining(`no suite runs packages/${name}/${path}, `));
    expect(found, name).toEqual(expected);
  }
});

test('what was mended is taken by the next run, and the rest is told again', async () => {
  const path = 'packages/one-fails/test/online.test.ts';
  const again = await workspace.run('plop', ['adopt', '--package', 'one-fails', '--no-install']);
  expect(again).toMatchObject({
    code: 4,
    stdout: expect.stringContaining('Unchanged: packages/one-fails'),
    stderr: expect.stringContaining('packages/one-fails is not wholly under the standard yet: a test file stays'),
  });
  await workspace.write(path, (await workspace.read(path)).replace(/\(await .*\)\.status/, '200'));
  const { code, stdout, stderr } = await workspace.run('plop', ['adopt', '--package', 'one-fails', '--no-install']);
  expect(code, stdout + stderr).toBe(0);
  expect(stdout).toContain(`  move  ${path} → packages/one-fails/src/online.test.ts\n`);
  expect(stdout).toContain('  remove  packages/one-fails/adoption.json\n');
});

test('a package under the standard is told so without running its tests', async () => {
  const start = performance.now();
  const { code, stdout, stderr } = await workspace.run('plop', ['adopt', '--package', 'with-globals']);
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: expect.stringContaining('Unchanged: packages/with-globals'),
    stderr: expect.not.stringContaining('Observing'),
  });
  expect(stdout).toContain('It is under the standard already. Its tests were not run');
  expect(performance.now() - start).toBeLessThan(20_000);
});

test.each(Object.entries(otherRunners))('the tests of %s are not converted, in one sentence', async (runner, files) => {
  await workspace.run('rm', ['-rf', 'packages/other']);
  await make('other', files);
  const { code, stdout, stderr } = await workspace.run('plop', ['adopt', '--package', 'other']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(
    `packages/other is left as it was: its tests are those of ${runner}, which adopting does not convert`,
  );
});
