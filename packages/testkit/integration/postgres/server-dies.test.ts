import { expect, test } from 'vitest';
import { startGivenServer } from './given-server.ts';
import { onlyFile, passed, runFixtures } from './run-fixtures.ts';

test('a server that dies in the middle of a run is named as the reason, at once', async () => {
  const server = await startGivenServer();
  try {
    const run = await runFixtures(['server-dies'], [], { TESTKIT_POSTGRES_URL: server.url });
    const file = onlyFile(run);
    expect(passed(file)).toEqual(['before']);
    for (const name of ['the server dies', 'after']) {
      expect(file.tests[name]?.message).toMatch(/TESTKIT_POSTGRES_URL/);
    }
    expect(file.tests.after?.message).toMatch(/Opening a database for 'after' failed/);
    expect(run.output).not.toContain('Failed Suites');
    expect(run.output).not.toContain('Unhandled');
  } finally {
    await server.stop();
  }
}, 60_000);
