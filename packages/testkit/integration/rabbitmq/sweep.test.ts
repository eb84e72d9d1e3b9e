import { expect, test } from 'vitest';
import { closeServerSession, openServerSession } from '../../src/kinds/rabbitmq/server-session.ts';
import { dropOrphans, virtualHostName } from '../../src/kinds/rabbitmq/sweep.ts';
import { describeOnContainers } from '../on-containers.ts';

describeOnContainers('virtual hosts', () => {
  test('of a process that is gone are deleted with their users; those of one that is alive stay', async () => {
    const { admin, id } = await openServerSession();
    try {
      const [gone, alive] = [virtualHostName('000000000000', 1), virtualHostName(id, 1000)];
      for (const name of [gone, alive]) {
        await admin.ask('PUT', `/vhosts/${name}`, {});
        await admin.ask('PUT', `/users/${name}`, { password: 'secret', tags: '' });
      }
      await dropOrphans(admin);
      expect(await admin.ask('GET', `/vhosts/${gone}`)).toBeUndefined();
      expect(await admin.ask('GET', `/users/${gone}`)).toBeUndefined();
      expect(await admin.ask('GET', `/vhosts/${alive}`)).toMatchObject({ name: alive });
      await admin.ask('DELETE', `/vhosts/${alive}`);
      await admin.ask('DELETE', `/users/${alive}`);
    } finally {
      await closeServerSession();
    }
  });
});
