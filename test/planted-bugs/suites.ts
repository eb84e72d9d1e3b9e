import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { ScratchWorkspace } from '../scratch-workspace.ts';

/** A test that failed, as Vitest's JSON report has it. */
export interface FailedTest {
  /** The names of its suites and its own, with ` > ` between, as `--testNamePattern` sees it. */
  readonly name: string;
  readonly message: string;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** Puts the package back as it was generated, and patches it. */
export async function patch(workspace: ScratchWorkspace, pristine: string, path: string | undefined): Promise<void> {
  const folder = join(workspace.root, 'packages/orders');
  await rm(folder, { recursive: true, force: true });
  await cp(pristine, folder, { recursive: true });
  if (path === undefined) {
    return;
  }
  const applied = await workspace.run('git', ['apply', '--directory=packages/orders', path]);
  expect(applied.code, `${path} does not fit what the generator makes today:\n${applied.stderr}`).toBe(0);
}

/** Types and unit tests: what a developer sees on every save. */
export async function expectGreenWithoutServers(workspace: ScratchWorkspace): Promise<void> {
  const types = await workspace.run('tsc', ['-p', 'packages/orders']);
  expect(types.code, types.stdout).toBe(0);
  const unit = await workspace.run('vitest', ['run', '--project', 'unit', 'packages/orders/']);
  expect(unit.code, unit.stdout + unit.stderr).toBe(0);
}

/** Runs the integration suite, or one test of it by its full name, and resolves with the tests that failed. */
export async function runIntegration(workspace: ScratchWorkspace, test?: string): Promise<readonly FailedTest[]> {
  const file = '.vitest/planted-bugs.json';
  const only = test === undefined ? [] : ['--testNamePattern', `^${RegExp.escape(test)}$`];
  const args = ['--project', 'integration', '--reporter=json', `--outputFile=${file}`, ...only, 'packages/orders/'];
  const outcome = await workspace.run('vitest', ['run', ...args]);
  const report: Report = JSON.parse(await workspace.read(file));
  expect(report.numPassedTests + report.numFailedTests, outcome.stdout + outcome.stderr).toBeGreaterThan(0);
  const failed = report.testResults.flatMap(({ name, message, assertionResults }) => {
    const tests = assertionResults.filter(({ status }) => status === 'failed');
    const own = tests.map(({ ancestorTitles, title, failureMessages }) => ({
      name: [...ancestorTitles, title].join(' > '),
      message: failureMessages.join('\n'),
    }));
    return message === '' ? own : [...own, { name, message }];
  });
  expect(outcome.code, outcome.stdout + outcome.stderr).toBe(failed.length === 0 ? 0 : 1);
  return failed;
}
