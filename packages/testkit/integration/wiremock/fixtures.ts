import type { Stub } from '@splitlevel/openapi';
import { test as base } from 'vitest';
import { WiremockAdmin } from '../../src/kinds/wiremock/admin.ts';
import { type OpenUpstream, openUpstream } from '../../src/kinds/wiremock/open-upstream.ts';
import { acquire } from '../../src/servers.ts';

/** The testkit's own tests: they open upstreams themselves, to see how their verification fails. */
export const test = base
  .extend('admin', { scope: 'file' }, async () => new WiremockAdmin((await acquire('wiremock')).url))
  .extend('open', async ({ admin, task }, { onCleanup }) => {
    const opened: OpenUpstream[] = [];
    onCleanup(async () => {
      for (const open of opened) {
        await open.close();
      }
    });
    return async (stubs: readonly Stub[] = [], name = 'exchange-rates'): Promise<OpenUpstream> => {
      const open = await openUpstream({ admin, name, test: task.name, stubs });
      opened.push(open);
      return open;
    };
  });
