import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runVitest } from '../src/observed/run-vitest.ts';

const config = resolve(import.meta.dirname, 'fixtures/vitest.config.ts');
const folder = 'packages/guards/integration/fixtures';
const reasons = {
  unit: 'Unit tests share a worker and its modules',
  integration: 'Integration tests show that the real parts work together, and a mocked module is not the real part.',
};

describe.each(['unit', 'integration'] as const)('in the %s suite', (suite) => {
  test('a file that mocks a module fails and is told why, a double that is passed in is fine', {
    timeout: 60_000,
  }, async () => {
    const { files, exitCode } = await runVitest(config, [`${folder}/mock-`], [], { GUARDED_SUITE: suite });
    for (const [name, place] of [
      ['mock-hoisted.fixture.ts', 'mock-hoisted.fixture.ts:5'],
      ['mock-import.fixture.ts', 'mock-import.fixture.ts:4'],
      ['mock-by-helper.fixture.ts', 'mock-helper.ts:3'],
    ] as const) {
      const message = files[name]?.message;
      expect(message).toContain(
        `of the ${suite} test file ${folder}/${name} tried to mock the module ./mock-subject.ts (vi.mock)\n`,
      );
      expect(message).toContain(`\n    at ${folder}/${place}:`);
      expect(message).toContain(reasons[suite]);
      expect(files[name]?.tests).toEqual({});
    }
    const inTest = files['mock-in-test.fixture.ts']?.tests ?? {};
    for (const [name, tried] of [
      ['vi.doMock', 'mock the module ./mock-subject.ts (vi.mock)'],
      ['vi.doMock, swallowed', 'mock the module ./mock-subject.ts (vi.mock)'],
      ['vi.importMock', 'mock the module ./mock-subject.ts (vi.importMock)'],
      ['vi.spyOn on an export', 'replace the export rate of a module (vi.spyOn)'],
    ] as const) {
      expect(inTest[name]).toMatchObject({ status: 'failed' });
      expect(inTest[name]?.message).toContain(
        `The ${suite} test "${name}" (${folder}/mock-in-test.fixture.ts) tried to ${tried}\n`,
      );
    }
    expect(inTest['after them, the module is real']).toMatchObject({ status: 'passed' });
    expect(files['mock-none.fixture.ts']).toMatchObject({ status: 'passed' });
    expect(exitCode).toBe(1);
  });
});
