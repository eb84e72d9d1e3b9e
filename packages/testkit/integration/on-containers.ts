import { describe } from 'vitest';
import { currentRun } from '../src/servers/run.ts';

const { runtime } = await currentRun();

/**
 * `describe` for tests of a server that there is in containers only. Without an engine they do not run, and the run
 * says so; that this is told to whoever needs such a server is tested by messages.test.ts.
 *
 * @param kind The server's name in titles.
 */
export function describeOnContainers(kind: string, tests: () => void): void {
  if (runtime !== 'containers') {
    process.stdout.write(
      `testkit: the tests of ${kind} did not run: there is no embedded one, and no container engine.\n`,
    );
  }
  describe.runIf(runtime === 'containers')(kind, tests);
}
