import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import {
  createVitest,
  parseCLI,
  type TestModule,
  type TestProject,
  type TestSpecification,
  type Vitest,
} from 'vitest/node';
import { configurationOf } from './configuration.ts';
import type { FileReport, VitestOrder, VitestProblem, VitestReport } from './report.ts';
import { settingsOf } from './settings-of.ts';

/** Vitest's default for tests is 5 seconds; a machine that does much else needs more to tell what a test does. */
const PATIENCE_MS = 60_000;

/** Runs Vitest on an order and writes its report. */
async function main(order: VitestOrder): Promise<void> {
  const { root, flags, project, filters, guard } = order;
  process.chdir(root);
  const { options } = parseCLI(['vitest', 'run', ...flags]);
  const { configFile, ...configuration } =
    guard === undefined ? { keys: [], configFiles: [] } : await configurationOf(root, options);
  const vitest = await createVitest(
    {
      ...options,
      ...(configFile === undefined ? {} : { config: configFile }),
      ...(project === undefined ? {} : { project: [project] }),
      watch: false,
      run: true,
      update: false,
      passWithNoTests: true,
      coverage: { enabled: false },
      typecheck: { enabled: false },
      reporters: [{}],
    },
    {},
  );
  try {
    const projects = guard === undefined ? [] : vitest.projects.map((each) => settingsOf(each, root));
    if (guard !== undefined) {
      observe(vitest, order, guard);
    }
    const specifications = (await vitest.globTestSpecifications([...filters])).filter(
      ({ project: { config } }) => config.browser?.enabled !== true,
    );
    const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, true);
    const report: VitestReport = {
      ...filesOf(root, specifications, testModules, unhandledErrors),
      projects,
      ...configuration,
    };
    writeFileSync(order.report, JSON.stringify(report));
  } finally {
    await vitest.close();
  }
}

/** Puts the guard before everything else, in each project, and gives slow machines time. */
function observe(vitest: Vitest, { globalSetup }: VitestOrder, guard: string): void {
  const change = ({ config }: TestProject) => {
    config.setupFiles = [guard, ...config.setupFiles];
    // A production file with in-source tests is not a test file.
    config.includeSource = [];
    if (globalSetup !== undefined) {
      config.globalSetup = [...config.globalSetup, globalSetup];
    }
    config.testTimeout = Math.max(config.testTimeout, PATIENCE_MS);
    config.hookTimeout = Math.max(config.hookTimeout, PATIENCE_MS);
  };
  vitest.projects.forEach(change);
}

/** A file that was not even started, as where its environment is not installed, failed by what belongs to no file. */
function filesOf(
  root: string,
  specifications: readonly TestSpecification[],
  modules: readonly TestModule[],
  unhandled: readonly unknown[],
): Pick<VitestReport, 'files' | 'errors'> {
  const files: Record<string, FileReport> = {};
  for (const module of modules) {
    const path = relative(root, module.moduleId);
    const late = unhandled.filter((error) => (error as Unhandled).VITEST_TEST_PATH === module.moduleId);
    const one = fileOf(module, late);
    const known = files[path];
    files[path] = known === undefined || known.passed ? one : known;
  }
  const errors = unhandled.filter(
    (error) => files[relative(root, (error as Unhandled).VITEST_TEST_PATH ?? '')] === undefined,
  );
  const failures = errors.map(messageOf);
  for (const { moduleId, project } of failures.length === 0 ? [] : specifications) {
    files[relative(root, moduleId)] ??= { project: project.name, passed: false, tests: 0, failures };
  }
  return { files, errors: failures };
}

interface Unhandled {
  readonly VITEST_TEST_PATH?: string;
}

function fileOf(module: TestModule, late: readonly unknown[]): FileReport {
  const tests = [...module.children.allTests()].map((test) => test.result());
  const suites = [...module.children.allSuites()].flatMap((suite) => suite.errors());
  const errors = [...module.errors(), ...suites, ...tests.flatMap((test) => test.errors ?? []), ...late];
  return {
    project: module.project.name,
    passed: module.ok() && late.length === 0,
    tests: tests.filter(({ state }) => state === 'passed' || state === 'failed').length,
    failures: errors.map(messageOf),
  };
}

/** The message of an error; of a worker that could not be started, the reason. */
function messageOf(error: unknown): string {
  const {
    name = 'Error',
    message = String(error),
    cause,
  } = error as { name?: string; message?: string; cause?: unknown };
  if (cause !== undefined && message.startsWith('[vitest-pool]')) {
    return messageOf(cause);
  }
  return stripVTControlCharacters(`${name}: ${message}`).trimEnd();
}

const order = JSON.parse(process.argv[2] ?? '') as VitestOrder;
try {
  await main(order);
} catch (error) {
  writeFileSync(order.report, JSON.stringify({ problem: messageOf(error) } satisfies VitestProblem));
}
// Whatever the tests left running must not keep the run from ending.
process.exit();
