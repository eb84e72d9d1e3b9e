import { randomBytes } from 'node:crypto';
import { Connection } from 'rabbitmq-client';
import { expect, test } from 'vitest';
import { openSessions } from '../../src/kinds/rabbitmq/open-sessions.ts';
import { closeServerSession, openServerSession, plain } from '../../src/kinds/rabbitmq/server-session.ts';
import { dropOrphans, virtualHostName } from '../../src/kinds/rabbitmq/sweep.ts';
import { describeOnContainers } from '../on-containers.ts';

const WAIT = { timeout: 20_000 };

describeOnContainers('virtual hosts', () => {
  test('of a process that is gone are deleted with their users; those of one that is alive stay', async () => {
    const { admin, id, server } = await openServerSession();
    // Others look for what is left on the same server: what is made for one that is gone already may go while it is made.
    const ending = randomBytes(6).toString('hex');
    const connection = new Connection({ url: plain(server.url), connectionName: ending });
    try {
      await expect.poll(async () => [...(await openSessions(admin))], WAIT).toContain(ending);
      const [gone, alive] = [virtualHostName(ending, 1), virtualHostName(id, 1000)];
      for (const name of [gone, alive]) {
        await admin.ask('PUT', `/vhosts/${name}`, {});
        await admin.ask('PUT', `/users/${name}`, { password: 'secret', tags: '' });
      }
      await dropOrphans(admin);
      expect(await admin.ask('GET', `/vhosts/${gone}`)).toMatchObject({ name: gone });

      await connection.close();
      await expect.poll(async () => [...(await openSessions(admin))], WAIT).not.toContain(ending);
      await dropOrphans(admin);
      expect(await admin.ask('GET', `/vhosts/${gone}`)).toBeUndefined();
      expect(await admin.ask('GET', `/users/${gone}`)).toBeUndefined();
      expect(await admin.ask('GET', `/vhosts/${alive}`)).toMatchObject({ name: alive });
      await admin.ask('DELETE', `/vhosts/${alive}`);
      await admin.ask('DELETE', `/users/${alive}`);
    } finally {
      connection.unsafeDestroy();
      await closeServerSession();
    }
  });
});
