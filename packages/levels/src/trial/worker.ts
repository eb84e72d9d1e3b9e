import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FixtureEvidence } from '@splitlevel/testkit/evidence';
import { createVitest, type TestModule, type TestProject, type TestSpecification, type Vitest } from 'vitest/node';
import type { Answer, FileText, Level, Look, Order, Test, Trial } from './messages.ts';

// A process of its own: runs tests of one suite of a package, in a copy of its workspace in which it changes files.
// argv: the root of the copy, the package's folder in it, the level.
const [root = '', folder = '', level = 'unit'] = process.argv.slice(2) as [string, string, Level];
const packageFolder = join(root, folder);
/** A test that hangs with a mutant has noticed it; the suite's own bound is for machines that do much else. */
const TEST_TIMEOUT_MS = 15_000;

class Suite {
  readonly #vitest: Vitest;
  readonly #project: TestProject;
  readonly #files: readonly string[];

  private constructor(vitest: Vitest, project: TestProject, files: readonly string[]) {
    this.#vitest = vitest;
    this.#project = project;
    this.#files = files;
  }

  static async open(setupFiles: readonly string[]): Promise<Suite> {
    const vitest = await createVitest(
      'test',
      { root, config: join(root, 'vitest.config.ts'), project: [level], watch: false, reporters: [{}], maxWorkers: 1 },
      { logLevel: 'silent' },
    );
    const [project] = vitest.projects;
    if (project === undefined) {
      throw new Error(`The configuration of Vitest has no project ${level}.`);
    }
    project.config.setupFiles = [...project.config.setupFiles, ...setupFiles];
    project.config.testTimeout = Math.min(project.config.testTimeout, TEST_TIMEOUT_MS);
    project.config.hookTimeout = Math.min(project.config.hookTimeout, TEST_TIMEOUT_MS);
    const found = await vitest.globTestSpecifications([`${folder}/`]);
    return new Suite(
      vitest,
      project,
      found.map(({ moduleId }) => moduleId).filter((each) => each.startsWith(`${packageFolder}/`)),
    );
  }

  run(specifications: readonly TestSpecification[], stopAtFirst: boolean): ReturnType<Vitest['runTestSpecifications']> {
    this.#vitest.config.bail = stopAtFirst ? 1 : 0;
    this.#project.config.bail = stopAtFirst ? 1 : 0;
    // What earlier runs said of other files would be told again.
    this.#vitest.state.filesMap.clear();
    this.#vitest.state.errorsSet.clear();
    return this.#vitest.runTestSpecifications([...specifications]);
  }

  all(): readonly TestSpecification[] {
    return this.#files.map((file) => this.#project.createSpecification(file));
  }

  some(tests: Readonly<Record<string, readonly string[]>>): readonly TestSpecification[] {
    return Object.entries(tests).map(([file, testIds]) =>
      this.#project.createSpecification(join(packageFolder, file), { testIds: [...testIds] }),
    );
  }

  write({ path, text }: FileText): void {
    const file = join(packageFolder, path);
    writeFileSync(file, text);
    this.#vitest.invalidateFile(file);
  }

  /** The files of the workspace that a test file loads, relative to the package. */
  loadedBy(file: string): readonly string[] {
    const graph = this.#project.vite.environments.ssr?.moduleGraph;
    const seen = new Set<string>();
    const visit = (path: string) => {
      for (const module of graph?.getModulesByFile(path) ?? []) {
        for (const { file: imported } of module.importedModules) {
          if (imported?.startsWith(`${root}/`) && !imported.includes('/node_modules/') && !seen.has(imported)) {
            seen.add(imported);
            visit(imported);
          }
        }
      }
    };
    visit(file);
    return [...seen].map((path) => relative(packageFolder, path));
  }

  close(): Promise<void> {
    return this.#vitest.close();
  }
}

/** Runs the suite on code that tells what is reached, and puts the code back. */
async function look(texts: readonly FileText[]): Promise<Look> {
  const before = texts.map(({ path }) => ({ path, text: readFileSync(join(packageFolder, path), 'utf8') }));
  const suite = await Suite.open([fileURLToPath(import.meta.resolve('@splitlevel/levels/reach'))]);
  try {
    for (const text of texts) {
      suite.write(text);
    }
    const { testModules, unhandledErrors } = await suite.run(suite.all(), false);
    const tests = testModules.flatMap((module) => testsOf(module));
    const names = new Set(tests.map(({ id }) => id));
    const reached: Record<string, string[]> = {};
    for (const [test, switches] of testModules.flatMap((module) => Object.entries(module.meta().reached ?? {}))) {
      for (const id of names.has(test) ? switches : []) {
        const reaching = reached[id] ?? [];
        reaching.push(test);
        reached[id] = reaching;
      }
    }
    return {
      type: 'look',
      tests,
      reached,
      reachedOnLoad: [...new Set(testModules.flatMap((module) => module.meta().reachedOnLoad ?? []))],
      loads: Object.fromEntries(
        testModules.map(({ moduleId }) => [relative(packageFolder, moduleId), suite.loadedBy(moduleId)]),
      ),
      starters: testModules.flatMap((module) => module.meta().starters ?? []).filter((id) => names.has(id)),
      answered: answeredTests(testModules),
      failures: [
        ...testModules.flatMap((module) => failuresOf(module)),
        ...unhandledErrors.map((error) => messageOf(error)),
      ],
    };
  } finally {
    for (const text of before) {
      suite.write(text);
    }
    await suite.close();
  }
}

/** The ids of the tests that each stub's file answered, as the testkit's evidence of the tests says. */
function answeredTests(modules: readonly TestModule[]): Readonly<Record<string, readonly string[]>> {
  const answered: Record<string, Set<string>> = {};
  for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
    const { fixtures = {} } = test.meta() as { readonly fixtures?: Readonly<Record<string, FixtureEvidence>> };
    for (const { stub } of Object.values(fixtures).flatMap(({ requests }) => requests)) {
      // Its path is from the workspace whose servers are used, and the copy lies elsewhere.
      const [, path] = stub?.split(`${folder}/`) ?? [];
      if (path !== undefined) {
        answered[path] = (answered[path] ?? new Set()).add(test.id);
      }
    }
  }
  return Object.fromEntries(Object.entries(answered).map(([path, own]) => [path, [...own]]));
}

let trials: Promise<Suite> | undefined;

/** Runs tests on a changed file, and puts it back. */
async function attempt({ text, tests, stopAtFirst }: Extract<Order, { type: 'try' }>): Promise<Trial> {
  trials ??= Suite.open([]);
  const suite = await trials;
  const before = readFileSync(join(packageFolder, text.path), 'utf8');
  suite.write(text);
  try {
    const { testModules, unhandledErrors } = await suite.run(suite.some(tests), stopAtFirst);
    const failed = testModules.flatMap((module) => [...module.children.allTests('failed')].map(({ id }) => id));
    const errors = [...testModules.flatMap((module) => module.errors()), ...unhandledErrors];
    return { type: 'try', failed, broken: errors.length > 0 ? messageOf(errors[0]) : undefined };
  } finally {
    suite.write({ path: text.path, text: before });
  }
}

function testsOf(module: TestModule): readonly Test[] {
  return [...module.children.allTests()]
    .filter((test) => test.result().state !== 'skipped')
    .map((test) => ({
      id: test.id,
      file: relative(packageFolder, module.moduleId),
      name: test.fullName,
      milliseconds: test.diagnostic()?.duration ?? 0,
    }));
}

function failuresOf(module: TestModule): readonly string[] {
  const file = relative(packageFolder, module.moduleId);
  const failed = [...module.children.allTests('failed')].map(
    (test) => `${file}: ${test.fullName}: ${messageOf(test.result().errors?.[0])}`,
  );
  return [...failed, ...module.errors().map((error) => `${file}: ${messageOf(error)}`)];
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | undefined)?.message ?? error;
  return String(message).split('\n')[0] ?? '';
}

async function obey(order: Order): Promise<void> {
  let answer: Answer;
  try {
    answer = order.type === 'look' ? await look(order.texts) : await attempt(order);
  } catch (error) {
    answer = { type: 'error', message: messageOf(error) };
  }
  process.send?.(answer);
}

process.on('message', (order: Order) => void obey(order));
// Whoever gave the orders is gone.
process.on('disconnect', () => process.exit());
