import { join } from 'node:path';
import { type Run, runVitest } from '@splitlevel/guards/run-vitest';
import { beforeAll, expect, test } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

function runFixtures(names: readonly string[]): Promise<Run> {
  return runVitest(
    join(fixtures, 'vitest.config.ts'),
    names.map((name) => join(fixtures, `${name}.fixture.ts`)),
  );
}

describeOnContainers('NATS', () => {
  let run: Run;
  beforeAll(async () => {
    run = await runFixtures(['leaks']);
  }, 120_000);

  const messageOf = (name: string) => run.files['leaks.fixture.ts']?.tests[name]?.message ?? 'no such test';
  const statusOf = (name: string) => run.files['leaks.fixture.ts']?.tests[name]?.status;

  test('a connection that a test leaves open fails it, with its name and subscriptions', () => {
    expect(messageOf('connection that is not closed')).toMatch(
      /The test ended and left connections to NATS open:\n- connection \d+, named 'forgetful', open for \d+s, with 1 subscriptions\nClose or drain every connection/,
    );
    expect(messageOf('clones connection that is not closed, in a clone')).toContain('left connections to NATS open');
  });

  test.for([
    'after it: the next test hears nothing of it',
    'clones after it: the next clone is empty',
    'after it: there is nothing',
    'after it: a fault that is met',
    'connection that closes soon',
    'rollback not asked of NATS',
  ])('passes: %s', (name) => {
    expect(statusOf(name), messageOf(name)).toBe('passed');
  });

  test('a fault that nobody meets fails its test', () => {
    expect(messageOf('fault that nobody meets')).toContain(
      "Nothing is proved by fault('slow') of its NATS, which was never met: the code under test sent nothing",
    );
  });

  test('a failed test is told what its account had', () => {
    expect(messageOf('failure')).toContain('When the test failed, its account of NATS had:');
    expect(messageOf('failure')).toContain('- stream ORDERS (orders.>): 1 messages');
    expect(messageOf('failure')).toContain('consumer shipping: 1 not delivered, 0 delivered and not acknowledged');
  });

  test('isolation rollback is refused where it is asked for, with what to do', () => {
    expect(messageOf('rollback asked of NATS')).toContain(
      "This file chose isolation 'rollback', which NATS does not have: a message that was published cannot be taken back. Choose test.override('isolation', 'worker')",
    );
  });

  test('files that run at the same time see their own messages only', async () => {
    const { exitCode, files, output } = await runFixtures([1, 2, 3, 4].map((number) => `cross-talk-${number}`));
    expect(exitCode, output).toBe(0);
    expect(Object.values(files).flatMap(({ tests }) => Object.keys(tests))).toHaveLength(64);
  }, 120_000);
});
