import { join } from 'node:path';
import { type ObservedRun, runObserved } from '../../packages/testkit/src/guards/observed-run.ts';
import { EXIT, Failure, messageOf } from '../engine/failure.ts';
import { handlingSignals } from '../engine/signals.ts';

const TIMEOUT_MILLISECONDS = 15 * 60_000;

/**
 * Runs all test files of a package under the guard that notes and refuses nothing.
 * @throws Failure when Vitest cannot be run.
 */
export function observePackage(root: string, folder: string): Promise<ObservedRun> {
  const config = join(root, 'generators/adopt/observe.config.ts');
  return run(root, ['--config', config], { ADOPTED_PACKAGE: folder });
}

/**
 * Runs a suite of a package, as the standard does.
 * @param root of a copy of the workspace; the servers are those of the workspace itself.
 * @throws Failure when Vitest cannot be run.
 */
export function runSuite(suite: string, root: string, folder: string, workspace: string): Promise<ObservedRun> {
  return run(root, ['--project', suite, `${folder}/`], { TESTKIT_WORKSPACE: workspace });
}

async function run(
  root: string,
  given: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<ObservedRun> {
  const ended = new AbortController();
  const timer = setTimeout(() => ended.abort(), TIMEOUT_MILLISECONDS);
  try {
    const running = runObserved({ root, arguments: given, environment, signal: ended.signal });
    return await handlingSignals(() => ended.abort(), running);
  } catch (error) {
    throw new Failure(EXIT.failed, `The tests could not be run: ${messageOf(error)}`, 'Nothing was changed.', error);
  } finally {
    clearTimeout(timer);
  }
}
