import { afterAll, beforeAll, expect, test } from 'vitest';
import { failing } from './kinds/failing.ts';
import { oneTest } from './kinds/kind.ts';
import { late } from './kinds/late.ts';
import { leaving } from './kinds/leaving.ts';
import { linting } from './kinds/linting.ts';
import {
  createTenPackages,
  type Files,
  GUILTY,
  manifestOf,
  NAMES,
  type Run,
  type TenPackages,
} from './ten-packages.ts';

const red = oneTest('expect(1).toBe(2);');

let workspace: TenPackages;

beforeAll(async () => {
  workspace = await createTenPackages();
});
afterAll(() => workspace.remove());

const runMany = (target: string, ...words: string[]) => ['run-many', '-t', target, '-p', ...NAMES, ...words];
const redOf = ({ tasks }: Run) => [...tasks.values()].filter(({ isGreen }) => !isGreen).map(({ id }) => id);
const cachedOf = ({ tasks }: Run) => [...tasks.values()].filter(({ isCached }) => isCached).map(({ id }) => id);

test.for([['--nxBail'], ['--parallel=1'], ['--parallel=8'], ['--batch=false']])(
  '%s changes no verdict',
  async (words) => {
    await workspace.plant(red);
    const first = await workspace.runTasks('unit', runMany('unit', ...words));
    expect(first.code, first.output).toBe(1);
    expect(redOf(first), first.output).toEqual(['p5:unit']);
    const second = await workspace.runTasks('unit', runMany('unit', ...words));
    expect(redOf(second), second.output).toEqual(['p5:unit']);
    expect(cachedOf(second)).not.toContain('p5:unit');
  },
);

test.for([
  ['unit', [...failing, ...leaving, ...late].filter(({ isGreen, environment }) => !isGreen && !environment)],
  ['lint', linting.filter(({ name }) => !name.includes('promise'))],
] as const)('what fails in a batch of %s fails without', async ([target, kinds]) => {
  // Three packages are as they should be; each of the others has something wrong.
  const others = Object.fromEntries(
    NAMES.slice(3)
      .filter((name) => name !== GUILTY)
      .map((name, index): [string, Files] => [name, kinds[index * 2]?.files ?? {}]),
  );
  await workspace.plant(kinds[1]?.files ?? {}, others);
  const together = await workspace.runTasks(target, runMany(target, '--skip-nx-cache'));
  const apart = await workspace.runTasks(target, runMany(target, '--skip-nx-cache', '--batch=false'));
  expect(redOf(together).sort()).toEqual(redOf(apart).sort());
  expect(redOf(together).length).toBeGreaterThan(5);
});

test.for([
  ['together', []],
  ['apart', ['--batch=false']],
] as const)('arguments go to the command of each, %s', async ([, words]) => {
  await workspace.plant(oneTest('', "test('the other', () => { expect(1).toBe(2); });"));
  const one = await workspace.runTasks('unit', ['unit', GUILTY, ...words, '--testNamePattern=guilty']);
  expect(one.code, one.output).toBe(0);
  expect(one.output).toMatch(/1 passed \| 1 skipped/);
  const all = await workspace.runTasks('unit', runMany('unit', ...words, '--', '-t', 'guilty'));
  expect(redOf(all), all.output).toEqual([]);
  expect(all.tasks.get('p5:unit')?.output).toMatch(/1 passed \| 1 skipped/);
  expect(all.tasks.get('p4:unit')?.output).toMatch(/1 skipped/);
  const covered = await workspace.runTasks('unit', ['unit', 'p4', ...words, '--coverage']);
  expect(covered.output).toMatch(/@vitest\/coverage-v8/);
});

test('a package has the variables of its own .env file, and no other has', async () => {
  const seen = (value: string) => oneTest(`expect(process.env.STAGE).toBe(${value});`);
  await workspace.plant(
    { '.env': 'STAGE=own\n', ...seen("'own'") },
    Object.fromEntries(NAMES.filter((name) => name !== GUILTY).map((name) => [name, seen('undefined')])),
  );
  const { output, code } = await workspace.runTasks('unit');
  expect(code, output).toBe(0);
});

test('a package whose target says so is checked by its own command', async () => {
  const targets = (command: string) => ({ lint: {}, typecheck: {}, unit: { options: { command } } });
  await workspace.plant(
    { 'package.json': manifestOf(GUILTY, { nx: { name: GUILTY, targets: targets('echo by itself && exit 3') } }) },
    { p6: { 'package.json': manifestOf('p6', { nx: { name: 'p6', targets: targets('echo alone') } }) } },
  );
  const run = await workspace.runTasks('unit');
  expect(redOf(run), run.output).toEqual(['p5:unit']);
  expect(run.tasks.get('p5:unit')?.output).toBe('by itself\n');
  expect(run.tasks.get('p6:unit')?.output).toBe('alone\n');
});
