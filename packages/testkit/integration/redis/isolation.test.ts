import { join } from 'node:path';
import { type FileReport, type Run, runVitest } from '@splitlevel/guards/run-vitest';
import { beforeAll, expect, test } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

describeOnContainers('Redis', () => {
  let run: Run;
  let failures: FileReport | undefined;

  beforeAll(async () => {
    const files = ['crosstalk-1', 'crosstalk-2', 'crosstalk-3', 'failures'];
    const paths = files.map((name) => join(fixtures, `${name}.fixture.ts`));
    run = await runVitest(join(fixtures, 'vitest.config.ts'), paths, ['--maxWorkers=4']);
    failures = run.files['failures.fixture.ts'];
  }, 150_000);

  const messageOf = (name: string) => failures?.tests[name]?.message ?? '';

  test('files that run at the same time do not see each other', () => {
    const crosstalk = Object.entries(run.files).filter(([name]) => name.startsWith('crosstalk'));
    expect(crosstalk.map(([name, { status, tests }]) => [name, status, Object.keys(tests).length])).toEqual([
      ['crosstalk-1.fixture.ts', 'passed', 5],
      ['crosstalk-2.fixture.ts', 'passed', 5],
      ['crosstalk-3.fixture.ts', 'passed', 5],
    ]);
  });

  test('a test that leaves a command waiting fails', () => {
    expect(messageOf('waits for a key')).toMatch(
      /The test ended and left its Redis in use:\n- connection \d+ \(forgetful\): blocked in BLPOP, for \d+ s\n.*close clients when a test ends/,
    );
  });

  test('a test that leaves a transaction open fails', () => {
    expect(messageOf('open transaction')).toMatch(/a transaction \(MULTI\) that was not ended, last command SET/);
  });

  test('a test that leaves a subscription fails', () => {
    expect(messageOf('subscription')).toMatch(
      /subscribed to channels, last command SUBSCRIBE, for \d+ s\n.*unsubscribe/,
    );
  });

  test('a failure shows the keys that there were', () => {
    expect(messageOf('fails with keys')).toMatch(
      /The Redis of this test has 2 keys:\n {2}greeting \(string, expires in \d+ ms\) hello\n {2}list \(list\)/,
    );
  });

  test('the next test starts without keys, whatever was left', () => {
    const after = Object.entries(failures?.tests ?? {}).filter(([name]) => name.startsWith('after'));
    expect(after.map(([, { status }]) => status)).toEqual(['passed', 'passed', 'passed', 'passed', 'passed']);
  });

  test.for([
    ['slow', 'the code under test sent nothing while it was in effect'],
    ['down', 'the code under test sent nothing while it was in effect'],
    ['reset', 'no connection was open that it could have cut'],
  ] as const)('a fault that nobody meets fails its test: %s', ([name, nothing]) => {
    expect(messageOf(`${name} that nobody meets`)).toContain(
      `Nothing is proved by fault('${name}') of its Redis, which was never met: ${nothing}.\nPut it into effect before`,
    );
    expect(failures?.tests[`${name} that is met`]?.status).toBe('passed');
    expect(failures?.tests['down that is met by a client that is refused']?.status).toBe('passed');
  });

  test('a client that is open at the end of the file is told', () => {
    expect(failures?.tests['client that is never closed']?.status).toBe('passed');
    expect(run.output).toMatch(/testkit: 1 connection to a database of Redis was still open .*PING.*Close clients/);
  });

  test('rollback is refused, with the reason and what to do', () => {
    expect(messageOf('rollback has no transaction')).toContain(
      "Redis has no transaction that could be rolled back, so a test of isolation 'rollback' cannot use it. " +
        "Choose test.override('isolation', 'worker'), where its keys are removed after each test, or 'clone'.",
    );
  });
});
