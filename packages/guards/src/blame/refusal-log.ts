import { AsyncLocalStorage } from 'node:async_hooks';
import { relative } from 'node:path';
import type { RunnerTestCase, RunnerTestFile, WorkerGlobalState } from 'vitest';
import { ROOT } from './caller.ts';
import type { Refusal } from './refusal-error.ts';

/** The running code: one try of a test, or a file outside its tests (module scope, beforeAll, afterAll). */
export interface Scope {
  readonly file: RunnerTestFile;
  readonly test: RunnerTestCase | undefined;
  readonly refusals: Refusal[];
  /** The test (or the file) is over; what comes now is late. */
  ended: boolean;
}

interface RefusalLog {
  readonly storage: AsyncLocalStorage<Scope>;
  readonly installed: Set<string>;
  current: Scope | undefined;
  /** The path of the last file that left a double of a package. */
  doubleLeftBy?: string;
}

const MOST_REFUSALS_PER_SCOPE = 10;

// On globalThis, since Vitest evaluates setup files anew for every file and vi.resetModules() drops the rest.
const KEY = Symbol.for('splitlevel.guards');
const holder = globalThis as { [KEY]?: RefusalLog };
holder[KEY] ??= { storage: new AsyncLocalStorage(), installed: new Set(), current: undefined };
const log: RefusalLog = holder[KEY];

/** Runs `install` the first time that it is asked for in this worker. */
export function once(name: string, install: () => void): void {
  if (log.installed.has(name)) {
    return;
  }
  log.installed.add(name);
  install();
}

/** Notes that a file left a double: its package may take itself for in place, after the guard took it away. */
export function noteDouble(file: string): void {
  log.doubleLeftBy = file;
}

/** The path of the last file of this worker that left a double, if one did. */
export function doubleLeftBy(): string | undefined {
  return log.doubleLeftBy;
}

/** Vitest's own, which it keeps for no one else: the file that is being collected, and the way to fail the run. */
function workerState(): WorkerGlobalState {
  return (globalThis as unknown as { __vitest_worker__: WorkerGlobalState }).__vitest_worker__;
}

/** Whether files follow each other in this worker without isolation. */
export function sharesWorker(): boolean {
  return !workerState().config.isolate;
}

/** The path of the test file that is about to be imported. */
export function testFile(): string {
  return (workerState().current as RunnerTestFile).filepath;
}

/** Called by the setup file, before the test file is imported: what happens from here on is blamed on the file. */
export function openFile(): Scope {
  if (log.current) {
    closeFile(log.current);
  }
  const file = workerState().current as RunnerTestFile;
  log.current = { file, test: undefined, refusals: [], ended: false };
  return log.current;
}

export function openTest(test: RunnerTestCase): Scope {
  return { file: test.file, test, refusals: [], ended: false };
}

/** Runs `action` so that everything it starts, also later and detached, is blamed on the scope. */
export function runIn<T>(scope: Scope, action: () => Promise<T>): Promise<T> {
  return log.storage.run(scope, action);
}

/** The scope that the running code belongs to, by its asynchronous context. */
export function currentScope(): Scope | undefined {
  return log.storage.getStore() ?? log.current;
}

/** Whether a test or a hook runs, rather than Vitest between them. */
export function isInTestOrHook(): boolean {
  return log.storage.getStore() !== undefined;
}

/** Notes a refusal, so that it fails its test even when the thrown error is swallowed. */
export function record(refusal: Refusal, scope: Scope | undefined): void {
  if (!scope) {
    return;
  }
  const file = log.current?.file === scope.file ? log.current : undefined;
  if (!scope.ended) {
    addOnce(scope.refusals, refusal);
  } else if (file && !file.ended) {
    addOnce(file.refusals, refusal);
  } else {
    reportLate(refusal, scope);
  }
}

/** One call is told once: by what it tried, rather than by the handle that Node made for it. */
function addOnce(refusals: Refusal[], refusal: Refusal): void {
  const { act } = refusal;
  const isSame = (other: Refusal): boolean =>
    act !== undefined &&
    other.act?.activity === act.activity &&
    other.act.file === act.file &&
    other.act.isHandle !== act.isHandle;
  const same = refusals.findIndex(isSame);
  if (same !== -1 && act?.isHandle) {
    return;
  }
  if (same !== -1) {
    refusals[same] = refusal;
  } else if (refusals.length < MOST_REFUSALS_PER_SCOPE) {
    refusals.push(refusal);
  }
}

/** The test is over: returns the refusals that its own failure does not show already. */
export function closeTest(scope: Scope): Refusal[] {
  scope.ended = true;
  const hidden = scope.refusals.filter((refusal) => !shows(scope.test?.result?.errors, refusal));
  // A retry, test.fails or context.skip() can still turn this test green or grey: the file looks again at its end.
  log.current?.refusals.push(...scope.refusals);
  return hidden;
}

/** The refusals that no failed test shows, and that the file's own result must. */
export function unshown(scope: Scope): Refusal[] {
  const failures = failedErrors(scope.file);
  const found = scope.refusals.filter((refusal) => !shows(failures, refusal));
  scope.refusals.length = 0;
  return found;
}

/** The file is over. Refusals that nothing has shown (all of its tests are skipped) fail the run. */
export function closeFile(scope: Scope): void {
  scope.ended = true;
  for (const refusal of unshown(scope)) {
    reportLate(refusal, scope);
  }
}

/** Registers what has to happen when the worker stops. */
export function atWorkerEnd(): void {
  workerState().onCleanup(async () => {
    if (log.current) {
      closeFile(log.current);
    }
  });
}

function reportLate(refusal: Refusal, scope: Scope): void {
  const error = {
    name: refusal.name,
    message: `${refusal.message}\nThis came after ${relative(ROOT, scope.file.filepath)} had ended: await what the test starts.`,
    stack: refusal.stack ?? '',
    VITEST_TEST_NAME: scope.test?.name,
    VITEST_TEST_PATH: scope.file.filepath,
  };
  void workerState().rpc.onUnhandledError(error, 'Unhandled Error');
}

interface Shown {
  readonly message?: string;
}

/** Only as an error of its own: reports leave out causes ('fetch failed' would be all that they say). */
function shows(errors: readonly Shown[] | undefined, refusal: Refusal): boolean {
  // Fixtures add to the message of a failure.
  return (errors ?? []).some(({ message }) => message?.startsWith(refusal.message));
}

function failedErrors(file: RunnerTestFile): Shown[] {
  const errors: Shown[] = [];
  const visit = (task: { type: string; result?: RunnerTestFile['result']; tasks?: unknown[] }): void => {
    if (task.result?.state === 'fail') {
      errors.push(...(task.result.errors ?? []));
    }
    for (const child of task.tasks ?? []) {
      visit(child as Parameters<typeof visit>[0]);
    }
  };
  visit(file as unknown as Parameters<typeof visit>[0]);
  return errors;
}
