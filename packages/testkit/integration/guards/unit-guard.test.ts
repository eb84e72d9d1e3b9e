import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FileReport, type Run, runVitest } from '../run-vitest.ts';

const config = resolve(import.meta.dirname, 'fixtures/vitest.config.ts');
const folder = 'packages/testkit/integration/guards/fixtures';

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
          !message.includes('A unit test does no I/O.')
        );
      });
      expect(wrong).toEqual([]);
      expect(Object.keys(tests).length).toBeGreaterThan(15);
      expect(exitCode).toBe(1);
      expect(existsSync('/tmp/splitlevel-guard')).toBe(false);
    },
  );
});

describe('the blame', () => {
  test('is put on the test that did it, whatever becomes of the error', { timeout: 60_000 }, async () => {
    const { files, output } = await run('blame.fixture.ts');
    const { tests } = files['blame.fixture.ts'] as FileReport;
    const late = ['guilty: skipped afterwards', 'guilty: retried', 'guilty: detached, and surfacing in the next test'];
    for (const [name, { status, message: told }] of Object.entries(tests)) {
      if (!name.includes('guilty')) expect({ name, status, told }).toEqual({ name, status: 'passed', told: '' });
      else if (late.includes(name)) expect(output).toContain(`The unit test "${name.replace(' guilty', ' > guilty')}"`);
      else
        expect({ name, status, told }).toMatchObject({
          status: 'failed',
          told: expect.stringContaining('A unit test does no I/O.'),
        });
    }
    expect(Object.keys(tests)).toHaveLength(15);
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

test('what is no I/O passes', { timeout: 60_000 }, async () => {
  const { exitCode, output } = await run('clean.fixture.ts');
  expect(output).toContain('printed by a clean test');
  expect(exitCode).toBe(0);
});
