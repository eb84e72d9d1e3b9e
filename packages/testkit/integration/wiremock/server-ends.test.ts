import { resolve } from 'node:path';
import { runVitest } from '@splitlevel/guards/run-vitest';
import { expect, test } from 'vitest';
import { currentRun } from '../../src/servers/run.ts';
import { withAdvice } from '../../src/wiremock/upstream-kind.ts';
import { createScratchWorkspace } from '../servers/scratch-workspace.ts';

test('a server that ends is told as such, with what it said, and the next test has a new one', {
  timeout: 120_000,
}, async () => {
  const { runtime } = await currentRun();
  const scratch = await createScratchWorkspace();
  const { files } = await runVitest(
    resolve(import.meta.dirname, 'children/vitest.config.ts'),
    ['packages/testkit/integration/wiremock/children/server-ends.fixture.ts'],
    ['--hookTimeout=60000'],
    { TESTKIT_WORKSPACE: scratch.root, TESTKIT_RUN: undefined, TESTKIT_RUNTIME: runtime },
  );
  await scratch.remove();
  const { 'has a new server': after, 'ends the server': before } = files['server-ends.fixture.ts']?.tests ?? {};
  expect(before?.status).toBe('failed');
  expect(before?.message).toMatch(/WireMock.* ended .*It said last:\n[\s\S]*WireMock did not answer POST /);
  expect(after).toEqual({ status: 'passed', message: '' });
});

test('one that ended for want of memory is told how much it has', () => {
  const ended =
    'The embedded WireMock ended with status 3. It said last:\nTerminating due to java.lang.OutOfMemoryError';
  expect(withAdvice(ended)).toMatch(
    /^The embedded WireMock ended[\s\S]*\nIts memory of 1 GB was too small for the requests/,
  );
  expect(withAdvice('The embedded WireMock ended with status 1.')).toBe('The embedded WireMock ended with status 1.');
});
