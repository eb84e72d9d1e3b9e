import { join } from 'node:path';
import { type FileReport, runVitest } from '@splitlevel/guards/run-vitest';
import { beforeAll, expect, test } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';

const fixtures = join(import.meta.dirname, 'fixtures');

describeOnContainers('what a test may not do with RabbitMQ', () => {
  let tests: FileReport['tests'];

  beforeAll(async () => {
    const { files } = await runVitest(join(fixtures, 'vitest.config.ts'), [join(fixtures, 'refused.fixture.ts')]);
    tests = files['refused.fixture.ts']?.tests ?? {};
  }, 180_000);

  test('leave a connection open: it fails, and the next one starts clean', () => {
    expect(tests['connection that is left open']?.message).toMatch(
      /left 1 connection to its RabbitMQ open \(forgetful\): .*Close every connection when a test ends/,
    );
    expect(tests['after it']).toMatchObject({ status: 'passed' });
  });

  test('prove something by a fault that nobody meets', () => {
    expect(tests['fault that nobody meets']?.message).toContain(
      "Nothing is proved by fault('reset') of its RabbitMQ, which was never met: no connection was open that it could have cut",
    );
    expect(tests['fault that is met']).toMatchObject({ status: 'passed' });
  });

  test('be rolled back: it fails with the reason, and what to choose', () => {
    expect(tests['rollback cannot be']?.message).toMatch(/has no transaction .*Choose test\.override.*'clone'/);
  });
});
