import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { currentRun } from '../../src/servers/run.ts';
import { runVitest } from '../run-vitest.ts';
import { createScratchWorkspace } from '../servers/scratch-workspace.ts';

test('a server that ends is told as such, with what it said, and the next test has a new one', {
  timeout: 120_000,
}, async () => {
  const { runtime } = await currentRun();
  const scratch = await createScratchWorkspace();
  const { files } = await runVitest(
    resolve(import.meta.dirname, 'children/vitest.config.ts'),
    ['packages/testkit/integration/wiremock/children/server-ends.fixture.ts'],
    [],
    { TESTKIT_WORKSPACE: scratch.root, TESTKIT_RUN: undefined, TESTKIT_RUNTIME: runtime },
  );
  await scratch.remove();
  const { 'has a new server': after, 'sends more than the server has memory for': before } =
    files['server-ends.fixture.ts']?.tests ?? {};
  expect(before?.status).toBe('failed');
  expect(before?.message).toMatch(/WireMock.* ended with status 3\. It said last:\n[\s\S]*OutOfMemoryError/);
  expect(before?.message).toContain(
    'Its memory of 1 GB was too small for the requests and stubs of the tests: it needs 16 times the size of the largest body.',
  );
  expect(after).toEqual({ status: 'passed', message: '' });
});
