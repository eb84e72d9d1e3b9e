import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTenPackages, INNOCENT, NAMES, type TenPackages } from './ten-packages.ts';

const execute = promisify(execFile);

/** Bodies of a test that take a while. */
const WAITS = 'new Promise((done) => setTimeout(done, 8000))';
const COMPUTES = '{ for (const since = Date.now(); Date.now() - since < 8000; ) {} }';
const ofUnit = (names: readonly string[]) => names.map((name) => `${name}:unit`).sort();

let workspace: TenPackages;

beforeAll(async () => {
  workspace = await createTenPackages();
});
afterAll(() => workspace.remove());

/** Processes of the workspace, other than Nx itself. */
async function processes(pattern: RegExp): Promise<readonly number[]> {
  const { stdout } = await execute('ps', ['-eo', 'pid=,args='], { maxBuffer: 16 * 1024 * 1024 });
  const own = stdout.split('\n').filter((line) => line.includes(workspace.root) && pattern.test(line));
  return own.map((line) => Number.parseInt(line, 10));
}

/** Starts a run whose sixth suite is slow, and resolves when all others have ended. */
async function startSlow(body = WAITS) {
  await workspace.plant({
    'src/index.test.ts': `import { test } from 'vitest';\n\ntest('slow', { timeout: 60_000 }, () => ${body});\n`,
  });
  const command = workspace.start('nx', ['run-many', '-t', 'unit', '-p', ...NAMES], {
    environment: { CI: undefined },
  });
  for (const name of INNOCENT) {
    await command.waitFor(new RegExp(`> nx run ${name}:unit`), 120_000);
  }
  return command;
}

async function expectKnown(known: readonly string[]): Promise<void> {
  const { code, output, tasks } = await workspace.runTasks('unit');
  expect(code, output).toBe(0);
  const cached = [...tasks.values()].filter(({ isCached }) => isCached).map(({ id }) => id);
  expect(cached.sort()).toEqual(ofUnit(known));
}

test.for([
  ['waits', WAITS],
  ['computes', COMPUTES],
] as const)('Ctrl-C leaves no process of a test that %s, and no verdict', async ([, body]) => {
  const command = await startSlow(body);
  await command.end('SIGINT');
  for (let time = 0; time < 50 && (await processes(/./)).length > 0; time++) {
    await sleep(100);
  }
  expect(await processes(/./)).toEqual([]);
  const { tasks } = await workspace.runTasks('unit');
  expect(tasks.get('p5:unit')).toMatchObject({ isGreen: true, isCached: false });
});

test('suites under way when their process is killed run again, alone', async () => {
  const command = await startSlow();
  const [child] = await processes(/batch\/unit\/child/);
  process.kill(child as number, 'SIGKILL');
  expect(await command.finish(120_000), command.output()).toBe(0);
  const tasks = [...(await workspace.tasks()).values()];
  expect(tasks.filter(({ isGreen }) => isGreen).map(({ id }) => id)).toHaveLength(NAMES.length);
  await expectKnown(NAMES);
});

test('a batch whose own process is killed has no verdict that the cache would keep', async () => {
  const command = await startSlow();
  const [child] = await processes(/run-batch/);
  process.kill(child as number, 'SIGKILL');
  expect(await command.finish(120_000), command.output()).toBe(1);
  const known = [...(await workspace.tasks()).values()].filter(({ isGreen }) => isGreen);
  expect(known.map(({ id }) => id)).not.toContain('p5:unit');
  expect(await processes(/./)).toEqual([]);
  const { tasks } = await workspace.runTasks('unit');
  expect(tasks.get('p5:unit')).toMatchObject({ isGreen: true, isCached: false });
});
