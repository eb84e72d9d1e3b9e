import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { giveLeaseBack, type Lease, takeLease } from '../../src/kinds/redis/lease.ts';
import { closeServerSession, openServerSession, type ServerSession } from '../../src/kinds/redis/server-session.ts';
import { describeOnContainers } from '../on-containers.ts';

const inDatabase = (command: string) => `redis.call('SELECT', ARGV[1]) return redis.call(${command})`;

describeOnContainers('Redis', () => {
  let session: ServerSession;
  beforeAll(async () => {
    session = await openServerSession();
  }, 120_000);
  afterAll(() => closeServerSession());

  const users = async () => (await session.connection.send('ACL', 'USERS')) as string[];

  /** Has another process take a lease. */
  async function startHolder() {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'hold-lease.ts')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, lease: JSON.parse(line.toString()) as Lease };
  }

  test('what a killed process had is emptied and free again, and what a living one has is not', async () => {
    const [killed, living] = await Promise.all([startHolder(), startHolder()]);
    expect(killed.lease.database).not.toBe(living.lease.database);
    killed.child.kill('SIGKILL');
    await once(killed.child, 'exit');
    try {
      await expect
        .poll(
          async () => {
            await giveLeaseBack(session, await takeLease(session));
            return users();
          },
          { timeout: 10_000 },
        )
        .not.toContain(killed.lease.user);
      expect(await users()).toContain(living.lease.user);
      expect(await session.connection.send('EVAL', inDatabase("'GET', 'key'"), 0, living.lease.database)).toBe('old');
    } finally {
      living.child.kill('SIGKILL');
    }
  });

  test('many at once get a database each', async () => {
    const leases = await Promise.all(Array.from({ length: 10 }, () => takeLease(session)));
    expect(new Set(leases.map(({ database }) => database)).size).toBe(10);
    await Promise.all(leases.map((lease) => giveLeaseBack(session, lease)));
    const left = await users();
    expect(leases.filter(({ user }) => left.includes(user))).toEqual([]);
  });

  test("a database with somebody else's keys is left alone", async () => {
    const lease = await takeLease(session);
    await session.connection.send('EVAL', inDatabase("'SET', 'theirs', '1'"), 0, lease.database);
    await session.connection.send('ACL', 'DELUSER', lease.user);
    await session.connection.send('HDEL', 'splitlevel:leases', lease.database);
    try {
      const next = await takeLease(session);
      expect(next.database).not.toBe(lease.database);
      await giveLeaseBack(session, next);
      expect(await session.connection.send('EVAL', inDatabase("'GET', 'theirs'"), 0, lease.database)).toBe('1');
    } finally {
      await session.connection.send('EVAL', inDatabase("'DEL', 'theirs'"), 0, lease.database);
    }
  });

  test('a server without a free database says so', async () => {
    await expect(takeLease({ ...session, databases: 1 })).rejects.toThrow(
      /^All 1 databases of the Redis server \(.+\) are taken by tests or have keys of somebody else\. Run fewer tests at a time, or give a server with more: redis-server --databases 512\.$/,
    );
  });
});
