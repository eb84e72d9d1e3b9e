import type { UserConsoleLog } from 'vitest';
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';
import type { Message, Suite } from './messages.ts';
import type { ReportedSuite } from './reported-suite.ts';
import { POOL, type SuiteOf } from './shared-threads.ts';

/**
 * How long a file may block its thread beside what its slowest test may take, in timeouts of tests: for its import, and for
 * a machine that does much else. A minute, unless the configuration says otherwise.
 */
const PATIENCE = 12;

/** A file that goes on is not told more often, in milliseconds: thousands of tests would be as many messages. */
const SELDOM_MS = 250;

/** What Vitest tells of files, tests and hooks. What it tells of the run is not among them. */
const EVENTS = [
  'onTestModuleQueued',
  'onTestModuleCollected',
  'onTestModuleStart',
  'onTestModuleEnd',
  'onTestSuiteReady',
  'onTestSuiteResult',
  'onTestCaseReady',
  'onTestCaseResult',
  'onTestCaseAnnotate',
  'onTestCaseArtifactRecord',
  'onTestCaseBenchmark',
  'onHookStart',
  'onHookEnd',
  'onUserConsoleLog',
] as const satisfies readonly (keyof Reporter)[];

/** What events are about: a file, or what belongs to one. */
type Subject =
  | TestModule
  | TestSuite
  | TestCase
  | { readonly entity: TestModule | TestSuite | TestCase }
  | UserConsoleLog;

/** An error that belongs to no test, with Vitest's note of the file. */
interface Unhandled {
  readonly VITEST_TEST_PATH?: string;
}

/** What Vitest and its threads tell of a batch. */
export interface Events {
  /** Vitest's only reporter. */
  readonly reporter: Reporter;
  /** Called when all that a file of a suite has printed is here. */
  finished(suite: Suite): void;
}

/**
 * Gives each event to the suite that it belongs to, and tells verdicts.
 * @param tell is called when a suite's last file has ended, and again where an error comes after it.
 */
export function eventsTo(
  vitest: Vitest,
  suiteOf: SuiteOf,
  reported: ReadonlyMap<Suite, ReportedSuite>,
  tell: (message: Message) => void,
): Events {
  const verdicts: Promise<void>[] = [];
  const lastTold = new Map<string, number>();
  const pass = async (event: (typeof EVENTS)[number], subject: Subject, rest: readonly unknown[]) => {
    const file = fileOf(vitest, subject);
    const suite = suiteOf(file ?? '');
    const one = suite && reported.get(suite);
    if (file === undefined || suite === undefined || one === undefined) {
      return;
    }
    const limit = limitOf(event, subject);
    const now = Date.now();
    if (limit !== undefined || now - (lastTold.get(file) ?? 0) > SELDOM_MS) {
      lastTold.set(file, now);
      tell({ type: 'goes on', id: suite.id, file, limit });
    }
    const told = one.report(event, subject, ...rest);
    // Vitest goes on meanwhile, so that a file is not imported before its thread knows that it runs it; the verdict waits.
    told.catch(() => {});
    if (event === 'onTestModuleEnd') {
      await told;
      tell({ type: 'file ended', id: suite.id, file });
      one.ended(subject as TestModule);
      if ((subject as TestModule).project.config.pool !== POOL) {
        finished(suite);
      }
    }
  };

  const finished = (suite: Suite) => {
    const one = reported.get(suite);
    if (one?.isComplete && !one.judged) {
      verdicts.push(judge(suite, one, errorsOf(vitest.state.getUnhandledErrors(), suite)));
    }
  };

  const judge = async (suite: Suite, one: ReportedSuite, errors: readonly unknown[]) => {
    const news = errors.filter((error) => !one.knows(error));
    if (one.judged && news.length === 0) {
      return;
    }
    for (const error of news) {
      one.failed(error);
    }
    tell({ type: 'result', id: suite.id, result: await one.result() });
  };

  const reporter: Reporter = {
    ...Object.fromEntries(
      EVENTS.map((event) => [event, (subject: Subject, ...rest: unknown[]) => pass(event, subject, rest)]),
    ),
    async onTestRunEnd(modules, errors) {
      await new Promise((done) => setImmediate(done)); // Delivers the results that have just come in.
      await Promise.all(verdicts);
      // A file that has not ended, or a suite without a verdict, says by that what became of its thread.
      const unfinished =
        modules.some((module) => module.state() === 'queued' || module.state() === 'pending') ||
        [...reported.values()].some((one) => one.isComplete && !one.judged);
      const ofAny = unfinished ? [] : errorsOf(errors, undefined);
      for (const [suite, one] of reported) {
        if (one.judged) {
          await judge(suite, one, [...errorsOf(errors, suite), ...ofAny]);
        }
      }
    },
  };
  return { reporter, finished };

  function errorsOf(errors: readonly unknown[], suite: Suite | undefined): readonly unknown[] {
    return errors.filter((error) => suiteOf((error as Unhandled).VITEST_TEST_PATH ?? '') === suite);
  }
}

/** The file that an event is about. */
function fileOf(vitest: Vitest, subject: Subject): string | undefined {
  if ('entity' in subject) {
    return fileOf(vitest, subject.entity);
  }
  if ('taskId' in subject) {
    return vitest.state.idMap.get(subject.taskId ?? '')?.file.filepath;
  }
  return 'moduleId' in subject ? subject.moduleId : (subject as TestCase).module.moduleId;
}

/** How long a file may block its thread from an event on, in milliseconds; undefined: as before. */
function limitOf(event: string, subject: Subject): number | undefined {
  if (event !== 'onTestModuleQueued' && event !== 'onTestModuleCollected') {
    return undefined;
  }
  const { children, project } = subject as TestModule;
  const timeouts = [...children.allTests()].map(({ options }) => options.timeout ?? 0);
  return PATIENCE * project.config.testTimeout + Math.max(project.config.hookTimeout, ...timeouts);
}
