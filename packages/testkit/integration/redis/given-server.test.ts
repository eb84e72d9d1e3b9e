import { afterAll, beforeAll, expect, test } from 'vitest';
import { inspectRedis } from '../../src/kinds/redis/given-redis.ts';
import {
  closeServerSession,
  openServerSession,
  type ServerSession,
  urlOf,
} from '../../src/kinds/redis/server-session.ts';
import { describeOnContainers } from '../on-containers.ts';

const VARIABLE = 'TESTKIT_REDIS_URL';

test('a URL that nobody answers is told without its password', async () => {
  await expect(inspectRedis('redis://me:hunter2@127.0.0.1:1', VARIABLE)).rejects.toThrow(
    /^TESTKIT_REDIS_URL names redis:\/\/me@127\.0\.0\.1:1, which gave no answer: .*ECONNREFUSED.*\. Start that server, correct the URL, or unset TESTKIT_REDIS_URL so that the testkit starts one\.$/,
  );
});

test.each([
  ['rediss://me:hunter2@cache.example', 'rediss://me@cache.example'],
  ['hunter2', 'something that is not a URL'],
])('%s is not a URL of it', async (url, named) => {
  await expect(inspectRedis(url, VARIABLE)).rejects.toThrow(
    `TESTKIT_REDIS_URL names ${named}. Give redis://user:password@host:port, or unset TESTKIT_REDIS_URL so that the testkit starts one.`,
  );
});

describeOnContainers('Redis', () => {
  let session: ServerSession;
  beforeAll(async () => {
    session = await openServerSession();
  }, 120_000);
  afterAll(() => closeServerSession());

  test('a server that can be used says its version', async () => {
    expect(await inspectRedis(session.server.url, VARIABLE)).toMatch(/^\d+\.\d+/);
  });

  test('a user who may not make users is told', async () => {
    const user = { name: `weak_${session.id}`, password: 'hunter2' };
    await session.connection.send('ACL', 'SETUSER', user.name, 'on', `>${user.password}`, '~*', '+@all', '-@admin');
    try {
      const inspecting = inspectRedis(urlOf(session.server.url, 0, user), VARIABLE);
      await expect(inspecting).rejects.toThrow(
        new RegExp(
          `but its user ${user.name} may not make the users of the tests\\. Put one into the URL that may run all commands, or unset`,
        ),
      );
      await expect(inspecting).rejects.not.toThrow('hunter2');
    } finally {
      await session.connection.send('ACL', 'DELUSER', user.name);
    }
  });
});
