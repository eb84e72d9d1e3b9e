import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTenPackages, GUILTY, type TenPackages } from './ten-packages.ts';

const execute = promisify(execFile);
const SLOW = `import { test } from 'vitest';

test('slow', { timeout: 300_000 }, () => {
  for (const since = Date.now(); Date.now() - since < 240_000; ) {
  }
});
`;

let workspace: TenPackages;

beforeAll(async () => {
  workspace = await createTenPackages();
  await workspace.plant({ 'src/index.test.ts': SLOW });
});
afterAll(() => workspace.remove());

/** The processes of the workspace whose command line matches. */
async function processes(pattern: RegExp): Promise<readonly number[]> {
  const { stdout } = await execute('ps', ['-eo', 'pid=,args='], { maxBuffer: 16 * 1024 * 1024 });
  const own = stdout.split('\n').filter((line) => line.includes(workspace.root) && pattern.test(line));
  return own.map((line) => Number.parseInt(line, 10));
}

async function eventually(holds: () => Promise<boolean>): Promise<void> {
  for (let time = 0; time < 600 && !(await holds()); time++) {
    await sleep(100);
  }
}

test.for([
  ['as one of many', ['unit', GUILTY]],
  ['by its own command', ['unit', GUILTY, '--', '-t', 'slow']],
] as const)('a suite that runs %s ends when Nx is killed', async ([, words]) => {
  workspace.start('nx', words, { environment: { CI: undefined } });
  const vitest = /batch\/unit\/child|vitest run/;
  await eventually(async () => (await processes(vitest)).length > 0);
  expect(await processes(vitest)).not.toEqual([]);
  for (const nx of await processes(/\/nx (unit|.*nx\.js)/)) {
    process.kill(nx, 'SIGKILL');
  }
  await eventually(async () => (await processes(/./)).length === 0);
  expect(await processes(/./)).toEqual([]);
});
