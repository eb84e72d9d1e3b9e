import { expect, test } from 'vitest';
import { inspectRabbitmq } from '../../src/kinds/rabbitmq/given-rabbitmq.ts';
import { RabbitmqAdmin } from '../../src/kinds/rabbitmq/rabbitmq-admin.ts';
import { acquire } from '../../src/servers.ts';
import { describeOnContainers } from '../on-containers.ts';

const inspect = (url: string) => inspectRabbitmq(url, 'TESTKIT_RABBITMQ_URL');

test.for(['http://a:hunter2@127.0.0.1', 'amqps://a:hunter2@127.0.0.1'])('%s is refused: no AMQP', async (url) => {
  const failure = (await inspect(url).catch((error: Error) => error)) as Error;
  expect(failure.message).toMatch(/TESTKIT_RABBITMQ_URL names .*Give amqp:.* or unset TESTKIT_RABBITMQ_URL/);
  expect(failure.message).not.toContain('hunter2');
});

test('a server without the management API is refused with what it needs', async () => {
  const failure = (await inspect('amqp://a:hunter2@127.0.0.1:1/?management=1').catch((error: Error) => error)) as Error;
  expect(failure.message).toMatch(/gave no answer: .*ECONNREFUSED.*rabbitmq_management.*\?management=PORT/);
  expect(failure.message).not.toContain('hunter2');
});

describeOnContainers('a RabbitMQ that is given', () => {
  test('is taken when its user is an administrator, and refused when not', async () => {
    const { url, version } = await acquire('rabbitmq');
    expect(await inspect(url)).toBe(version);

    const admin = new RabbitmqAdmin(url);
    await admin.ask('PUT', '/users/given-server-test', { password: 'hunter2', tags: 'management' });
    try {
      const lesser = new URL(url);
      lesser.username = 'given-server-test';
      lesser.password = 'hunter2';
      await expect(inspect(lesser.href)).rejects.toThrow('user given-server-test is not an administrator');
    } finally {
      await admin.ask('DELETE', '/users/given-server-test');
    }
  });
});
