import { expect, vi } from 'vitest';
import { describeOnContainers } from '../on-containers.ts';
import { connectAsCode, test } from './account.ts';

/** Longer than all that is waited for below. */
const PATIENCE_MS = 10_000;

describeOnContainers('NATS', () => {
  test('down: nobody listens, and a client that tries again is back afterwards', async ({ broker }) => {
    const connection = await connectAsCode(broker.url);
    const down = await broker.fault('down');
    await expect(connectAsCode(broker.url)).rejects.toThrow('connection refused');
    await expect(connection.request('nobody', '', { timeout: 200 })).rejects.toThrow(/timeout|disconnected/);
    await down.undo();
    await vi.waitFor(() => connection.flush(), PATIENCE_MS);
    await connection.close();
  });

  test('reset: connections are cut, and made again', async ({ broker }) => {
    const connection = await connectAsCode(broker.url);
    const events = (async () => {
      const types: string[] = [];
      for await (const { type } of connection.status()) {
        types.push(type);
        if (type === 'reconnect') {
          break;
        }
      }
      return types;
    })();
    await broker.fault('reset');
    expect(await events).toEqual(expect.arrayContaining(['disconnect', 'reconnect']));
    await connection.close();
  });

  test(
    "slow: what the server says comes late, and the test's own connection is not slow",
    async ({ broker }) => {
      const connection = await connectAsCode(broker.url);
      await using _slow = await broker.fault('slow', { milliseconds: 700 });
      const began = performance.now();
      await connection.flush();
      expect(performance.now() - began).toBeGreaterThan(650);
      await broker.connection.flush();
      await connection.close();
    },
    PATIENCE_MS,
  );

  test('another fault is refused', async ({ broker }) => {
    await expect(broker.fault('flaky' as 'down')).rejects.toThrow("fault('flaky'): the faults are slow, reset, down.");
  });
});
