import { relative, sep } from 'node:path';
import type { Activity } from '../observed/activity.ts';
import { observe, observesOnly } from '../observed/observation.ts';
import { callerOf, ROOT } from './caller.ts';
import { Refusal } from './refusal-error.ts';
import { currentScope, doubleLeftBy, isInTestOrHook, record, type Scope } from './refusal-log.ts';

const insteads: Record<Activity, string> = {
  network: 'Pass in a double (an object or a function in place of the connection)',
  process: 'Pass in a double (a function in place of the process)',
  file: 'Return the content and let the caller write it, or pass in a double (a function in place of the file system)',
  database: "Open ':memory:', or pass in a double (an object in place of the database)",
  thread: 'Call what the worker does directly',
  internals: "Use Node's public modules, or pass in a double",
};

/**
 * Refuses I/O of a unit test: notes it and returns the error to throw.
 * @param activity what kind of I/O it was; decides the advice
 * @param tried what was tried, as 'connect to 127.0.0.1:5432'
 * @param entry the replaced function, whose frames and those below it are left out of the stack
 * @param handleOf what the handle is for, where only that was seen
 * @returns undefined when it is only observed, or when it is Vitest itself, between tests (it writes snapshots and opens
 * the inspector)
 */
export function refuse(
  activity: Activity,
  tried: string,
  entry: (...args: never[]) => unknown,
  handleOf?: Activity,
): Refusal | undefined {
  const caller = callerOf(entry);
  if (caller.isVitest && !isInTestOrHook()) {
    return undefined;
  }
  const scope = currentScope();
  note(activity, tried, caller.frame, scope);
  if (observesOnly()) {
    return undefined;
  }
  const refusal = new Refusal(
    'UnitTestDidIo',
    `${whoOf(scope)} tried to ${tried}${caller.frame ? `\n    at ${caller.frame}` : ''}\n` +
      `A unit test does no I/O. ${insteads[activity]}, or move the test to ${integrationFolderOf(scope)}, where servers are real.${activity === 'network' ? adviceOfDouble(scope) : ''}`,
    { activity: handleOf ?? activity, file: caller.frame?.replace(/(:\d+)+$/, ''), isHandle: handleOf !== undefined },
  );
  if (caller.stack) {
    refusal.stack = `${refusal.name}: ${refusal.message}\n${caller.stack}`;
  }
  record(refusal, scope);
  return refusal;
}

function adviceOfDouble(scope: Scope | undefined): string {
  const file = doubleLeftBy();
  if (file === undefined || file === scope?.file.filepath) {
    return '';
  }
  return (
    `\nAn earlier file, ${pathOf(file)}, left a double in place (nock, MSW, …). The guard took it away, and the double's ` +
    'package may not know: if this test uses it too, mend that file first.'
  );
}

/**
 * Refuses what makes the outcome of a test depend on more than its target's inputs: notes it and returns the error to throw.
 * @param tried as 'read packages/orders/README.md'
 * @param advice why not, and what to do instead
 * @returns undefined when it is only observed, or when it is Vitest itself, between tests
 */
export function refuseInput(
  suite: 'unit' | 'integration',
  tried: string,
  advice: string,
  entry: (...args: never[]) => unknown,
): Refusal | undefined {
  const caller = callerOf(entry);
  if (caller.isVitest && !isInTestOrHook()) {
    return undefined;
  }
  const scope = currentScope();
  note('file', tried, caller.frame, scope);
  if (observesOnly()) {
    return undefined;
  }
  const refusal = new Refusal(
    'NotAnInput',
    `${whoOf(scope, `${suite} test`)} tried to ${tried}${caller.frame ? `\n    at ${caller.frame}` : ''}\n${advice}`,
  );
  if (caller.stack) {
    refusal.stack = `${refusal.name}: ${refusal.message}\n${caller.stack}`;
  }
  record(refusal, scope);
  return refusal;
}

/** Notes what was tried, where the run is observed. */
export function note(activity: Activity | 'mock', tried: string, frame: string | undefined, scope?: Scope): void {
  if (scope) {
    observe({ file: scope.file.filepath, test: scope.test?.fullTestName, activity, tried, frame });
  }
}

/** 'The unit test "a > b" (packages/x/src/y.test.ts)', or the file's module scope or hooks. */
export function whoOf(scope: Scope | undefined, kind = 'unit test'): string {
  if (!scope) {
    return `A ${kind}`;
  }
  const file = pathOf(scope.file.filepath);
  if (scope.test) {
    return `The ${kind} "${scope.test.fullTestName}" (${file})`;
  }
  return `The module scope or a hook (beforeAll, afterAll) of the ${kind} file ${file}`;
}

export function pathOf(path: string): string {
  const inside = relative(ROOT, path);
  return inside.startsWith('..') ? path : inside;
}

/** Where the integration tests of the test's package are. */
export function integrationFolderOf(scope: Scope | undefined): string {
  const [folder, name] = scope ? pathOf(scope.file.filepath).split(sep) : [];
  if (folder === 'packages' && name) {
    return `packages/${name}/integration/`;
  }
  return folder === 'generators' || folder === 'test' ? 'test/integration/' : 'integration/';
}
