import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type FileReport, type Run, runVitest } from '../../../packages/guards/src/observed/run-vitest.ts';

const config = resolve(import.meta.dirname, '../../../packages/guards/integration/fixtures/vitest.config.ts');
const folder = 'packages/guards/integration/fixtures';

async function run(...names: string[]): Promise<Run> {
  return runVitest(
    config,
    names.map((name) => `${folder}/${name}`),
  );
}

describe('every way of I/O fails, with what was tried, where, and what to do instead', () => {
  test.for(['network.fixture.ts', 'processes.fixture.ts', 'writes.fixture.ts'])(
    '%s',
    { timeout: 60_000 },
    async (name) => {
      const { files, exitCode } = await run(name);
      const { tests } = files[name] as FileReport;
      const wrong = Object.entries(tests).filter(([test, { status, message }]) => {
        const [, tried = ''] = test.split(' → ');
        const told = message.includes(`The unit test "${test}" (${folder}/${name}) tried to ${tried}`);
        return (
          status !== 'failed' ||
          !told ||
          !message.includes(`\n    at ${folder}/${name}:`) ||
          !message.includes('A unit test does no I/O.') ||
          message.split(' tried to ').length !== 2
        );
      });
      expect(wrong).toEqual([]);
      expect(Object.keys(tests).length).toBeGreaterThan(15);
      expect(exitCode).toBe(1);
      expect(existsSync('/tmp/splitlevel-guard')).toBe(false);
    },
  );
});

describe('what is refused only where it does something', () => {
  test.for([
    ['sockets.fixture.ts', 7, 'A unit test does no I/O.'],
    ['native.fixture.ts', 7, 'A unit test does no I/O.'],
    ['time-zone.fixture.ts', 5, 'Unit tests run in threads, where this changes nothing'],
  ] as const)('%s', { timeout: 60_000 }, async ([name, count, advice]) => {
    const { files, output } = await run(name);
    const { tests, message } = files[name] as FileReport;
    expect(message, output).toBe('');
    for (const [test, { status, message: told }] of Object.entries(tests)) {
      const [, tried] = test.split(' → ');
      expect({ test, status }, told).toEqual({ test, status: tried === undefined ? 'passed' : 'failed' });
      if (tried === undefined) {
        continue;
      }
      expect(told).toContain(`The unit test "${test}" (${folder}/${name}) tried to ${tried}`);
      expect(told).toContain(`\n    at ${folder}/${name}:`);
      expect(told).toContain(advice);
      // Once, and not also as the handle that Node makes for it.
      expect(told.split('tried to').length - 1, told).toBe(1);
    }
    expect(Object.keys(tests)).toHaveLength(count);
  });
});

describe('the blame', () => {
  test('is put on the test that did it, whatever becomes of the error', { timeout: 60_000 }, async () => {
    const { files, output } = await run('blame.fixture.ts');
    const { tests } = files['blame.fixture.ts'] as FileReport;
    const late = ['guilty: skipped afterwards', 'guilty: retried', 'guilty: detached, and surfacing in the next test'];
    for (const [name, { status, message: told }] of Object.entries(tests)) {
      if (!name.includes('guilty')) {
        expect({ name, status, told }).toEqual({ name, status: 'passed', told: '' });
      } else if (late.includes(name)) {
        expect(output).toContain(`The unit test "${name.replace(' guilty', ' > guilty')}"`);
      } else {
        expect({ name, status, told }).toMatchObject({
          status: 'failed',
          told: expect.stringContaining('A unit test does no I/O.'),
        });
      }
    }
    expect(Object.keys(tests)).toHaveLength(17);
  });

  test('is put on the file for its module scope and hooks', { timeout: 60_000 }, async () => {
    const { files, output } = await run('module-scope.fixture.ts', 'hooks.fixture.ts');
    expect(files['hooks.fixture.ts']?.status).toBe('failed');
    expect(files['module-scope.fixture.ts']?.message).toContain(
      `The module scope or a hook (beforeAll, afterAll) of the unit test file ${folder}/module-scope.fixture.ts tried to write to`,
    );
    for (const hook of ['beforeAll', 'afterAll', 'suite']) {
      expect(output).toContain(`hooks.fixture.ts tried to write to /tmp/splitlevel-guard/${hook}`);
    }
  });

  test('fails the run for a file of skipped tests', { timeout: 60_000 }, async () => {
    const { exitCode, output } = await run('module-scope-skipped.fixture.ts');
    expect(output).toContain('module-scope-skipped.fixture.ts tried to write to /tmp/splitlevel-guard/never');
    expect(exitCode).toBe(1);
  });

  test('names the test whose I/O comes when another file runs', { timeout: 60_000 }, async () => {
    const { exitCode, output, files } = await run('late-a.fixture.ts', 'late-b.fixture.ts');
    expect(output).toContain(`The unit test "starts what comes late" (${folder}/late-a.fixture.ts) tried to write to`);
    expect(output).toContain(`This came after ${folder}/late-a.fixture.ts had ended: await what the test starts.`);
    expect(files['late-b.fixture.ts']?.status).toBe('passed');
    expect(exitCode).toBe(1);
  });
});

test('what is not I/O passes', { timeout: 60_000 }, async () => {
  const { exitCode, output } = await run('clean.fixture.ts');
  expect(output).not.toContain('×');
  expect(output).toContain('printed by a clean test');
  expect(output).toContain('written by a clean test');
  expect(output).toContain('streamed by a clean test');
  expect(exitCode).toBe(0);
});

describe('state that a file leaves behind', () => {
  test('is set back, and fails the file that left it', { timeout: 60_000 }, async () => {
    const { files, output } = await run('leftovers-');
    expect(files['leftovers-a.fixture.ts']).toMatchObject({ status: 'failed' });
    expect(files['leftovers-a.fixture.ts']?.message).toBe(
      `${folder}/leftovers-a.fixture.ts left behind what the next file in its worker would see:
  - fake timers (vi.useFakeTimers)
  - globalThis.fetch was replaced
  - globalThis.leftGlobal was added
  - Math.random was replaced
  - a listener of process.on('SIGUSR2')
  - a listener of process.on('SIGUSR1')
  - process.env.HOME was removed (was ${JSON.stringify(process.env.HOME)})
  - process.env.LEFT_BY_HOOK is "hook" (was unset)
  - process.env.LEFT_BY_MODULE is "module" (was unset)
  - process.env.LEFT_BY_STUB is "stub" (was unset)
  - process.exitCode is 3 (was undefined)
It is set back now. Undo it where it is done: onTestFinished(() => …), vi.unstubAllEnvs(), vi.unstubAllGlobals(), vi.useRealTimers(), clearInterval(…), server.close(); or pass the value in, instead of setting it for everybody.`,
    );
    expect(files['leftovers-b.fixture.ts']?.tests['nothing is left']).toEqual({ status: 'passed', message: '' });
    expect(files['leftovers-b.fixture.ts']?.message).toContain(
      'a mocked date, 2020-01-01T00:00:00.000Z (vi.setSystemTime)',
    );
    expect(files['leftovers-c.fixture.ts']).toMatchObject({ status: 'passed', message: '' });
    expect(files['leftovers-d.fixture.ts']?.message).toBe('cannot be imported');
    expect(files['leftovers-e.fixture.ts']).toMatchObject({ status: 'passed' });
    expect(output).toContain('3 failed | 2 passed (5)');
  });
});

describe("Vitest's own needs are met", () => {
  test('snapshots are written', { timeout: 60_000 }, async () => {
    const snapshots = resolve(import.meta.dirname, '../../../packages/guards/integration/fixtures/__snapshots__');
    onTestFinished(() => rm(snapshots, { recursive: true, force: true }));
    const { output, exitCode } = await runVitest(config, [`${folder}/snapshots.fixture.ts`], ['--update=new'], {
      CI: '',
    });
    expect(exitCode, output).toBe(0);
    expect((await readdir(snapshots)).sort()).toEqual(['snapshots.fixture.ts.snap', 'text.txt']);
  });

  test('--inspect opens the inspector', { timeout: 60_000 }, async () => {
    const { output, exitCode } = await runVitest(
      config,
      [`${folder}/clean.fixture.ts`],
      ['--inspect=127.0.0.1:0', '--no-file-parallelism'],
    );
    expect(exitCode, output).toBe(0);
    expect(output).toContain('Debugger listening on ws://127.0.0.1:');
  });
});
