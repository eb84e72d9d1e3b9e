import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect } from 'vitest';
import { get } from '../../src/kinds/wiremock/stubs/builder.ts';
import { test } from './fixtures.ts';

interface Failure {
  name: string;
  message: string;
  code: string | undefined;
}

async function failureOf(promise: Promise<unknown>): Promise<Failure> {
  const error = (await promise.then(
    (value) => new Error(`no failure, but ${JSON.stringify(value)}`),
    (reason: unknown) => reason,
  )) as Error & { cause?: { code?: string } };
  return { name: error.name, message: error.message, code: error.cause?.code };
}

test('slow gives the right answer too late', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200, 'rates').times(2));
  const fault = await upstream.fault('slow', { milliseconds: 300 });
  const start = performance.now();
  expect(await failureOf(fetch(`${upstream.url}/rates`, { signal: AbortSignal.timeout(100) }))).toMatchObject({
    name: 'TimeoutError',
  });
  const response = await fetch(`${upstream.url}/rates`);
  expect(await response.text()).toBe('rates');
  expect(performance.now() - start).toBeGreaterThan(399);
  await fault.undo();
  await verify();
});

test('slow is slower than a client waits when nothing else is said', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200).times(1));
  await upstream.fault('slow');
  expect(await failureOf(fetch(`${upstream.url}/rates`, { signal: AbortSignal.timeout(200) }))).toMatchObject({
    name: 'TimeoutError',
  });
  await verify();
});

test('reset', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.fault('reset');
  const { name, message, code } = await failureOf(fetch(`${upstream.url}/rates`));
  expect({ name, message, code }).toEqual({ name: 'TypeError', message: 'fetch failed', code: 'ECONNRESET' });
  await verify();
});

test('empty', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.fault('empty');
  expect(await failureOf(fetch(`${upstream.url}/rates`))).toEqual({
    name: 'TypeError',
    message: 'fetch failed',
    code: 'UND_ERR_SOCKET',
  });
  await verify();
});

test('malformed is a success whose body cannot be read', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.fault('malformed');
  const response = await fetch(`${upstream.url}/rates`);
  expect(response.status).toBe(200);
  expect(await failureOf(response.text())).toMatchObject({ name: 'TypeError', message: 'terminated' });
  await verify();
});

test('trickling is a success whose body does not end', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200, 'rates'));
  const fault = await upstream.fault('trickling');
  const response = await fetch(`${upstream.url}/rates`, { signal: AbortSignal.timeout(1500) });
  expect(response.status).toBe(200);
  expect(await failureOf(response.text())).toMatchObject({ name: 'TimeoutError' });
  await fault.undo();
  expect(await (await fetch(`${upstream.url}/rates`)).text()).toBe('rates');
  await verify();
});

test('flaky fails, then works', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200, 'rates'));
  await upstream.fault('flaky', { times: 2 });
  const statuses: number[] = [];
  for (let count = 0; count < 4; count++) {
    statuses.push((await fetch(`${upstream.url}/rates`)).status);
  }
  expect(statuses).toEqual([503, 503, 200, 200]);
  await verify();
});

test('flaky can be started again', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200));
  for (let round = 0; round < 2; round++) {
    await upstream.fault('flaky');
    expect((await fetch(`${upstream.url}/rates`)).status).toBe(503);
    expect((await fetch(`${upstream.url}/rates`)).status).toBe(200);
  }
  await verify();
});

test('a fault of one stub leaves the others alone', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/broken').fault('empty').times(1));
  await upstream.stub(get('/slow').respond(200).delay(50));
  expect(await failureOf(fetch(`${upstream.url}/broken`))).toMatchObject({ code: 'UND_ERR_SOCKET' });
  const start = performance.now();
  expect((await fetch(`${upstream.url}/slow`)).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(45);
  await verify();
});

test('down refuses connections, until it is undone', async ({ open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200, 'rates').times(2));
  await (await fetch(`${upstream.url}/rates`)).text();
  {
    await using _down = await upstream.fault('down');
    expect(await failureOf(fetch(`${upstream.url}/rates`))).toMatchObject({ code: 'ECONNREFUSED' });
  }
  expect(await (await fetch(`${upstream.url}/rates`)).text()).toBe('rates');
  await verify();
});

test.for(['reset', 'empty', 'malformed', 'flaky'] as const)('%s ends when it is undone', async (name, { open }) => {
  const { upstream, verify } = await open();
  await upstream.stub(get('/rates').respond(200, 'rates'));
  const fault = await upstream.fault(name);
  await fetch(`${upstream.url}/rates`)
    .then((response) => response.text())
    .catch(() => {});
  await fault.undo();
  await fault.undo();
  expect(await (await fetch(`${upstream.url}/rates`)).text()).toBe('rates');
  await verify();
});

describe('a fault that no request met fails the test', () => {
  const reportOf = (verify: () => Promise<void>) => verify().then(String, (error: Error) => error.message);

  test.for(['slow', 'trickling', 'reset', 'empty', 'malformed', 'flaky', 'down'] as const)(
    '%s',
    async (name, { open }) => {
      const { upstream, verify } = await open();
      await upstream.fault(name);
      expect(await reportOf(verify)).toMatch(
        new RegExp(
          `^Nothing is proved by fault\\('${name}'\\) of the upstream "exchange-rates", which was never met: .*\n`,
        ),
      );
    },
  );

  test('also one that is undone before the request', async ({ open }) => {
    const { upstream, verify } = await open();
    await upstream.stub(get('/rates').respond(200));
    for (const name of ['slow', 'empty'] as const) {
      await (await upstream.fault(name)).undo();
    }
    await fetch(`${upstream.url}/rates`);
    expect(await reportOf(verify)).toMatch(/fault\('slow'\) of the .*\n.*\n\n.*fault\('empty'\) of the/);
  });

  test('also one that a stub of the test stands before', async ({ open }) => {
    const { upstream, verify } = await open();
    await upstream.fault('flaky');
    await upstream.stub({ ...get('/rates').respond(200).mapping, priority: 1 });
    expect((await fetch(`${upstream.url}/rates`)).status).toBe(200);
    expect(await reportOf(verify)).toContain("fault('flaky') of the");
  });

  test('but not one that is there again, and is met then', async ({ open }) => {
    const { upstream, verify } = await open();
    await (await upstream.fault('slow', { milliseconds: 1 })).undo();
    await (await upstream.fault('flaky')).undo();
    await upstream.fault('slow', { milliseconds: 1 });
    await upstream.fault('flaky');
    expect((await fetch(`${upstream.url}/rates`)).status).toBe(503);
    await verify();
  });

  test("but not 'down' where the code had an answer before, and does without the upstream", async ({ open }) => {
    const { upstream, verify } = await open();
    await upstream.stub(get('/rates').respond(200));
    await fetch(`${upstream.url}/rates`);
    await upstream.fault('down');
    await verify();
  });

  test("but not 'down' where a child process may have met it", async ({ open }) => {
    const { upstream, verify } = await open();
    await upstream.fault('down');
    const child = spawn(process.execPath, ['-e', `fetch('${upstream.url}/rates').catch(() => {})`]);
    await once(child, 'close');
    await verify();
  });
});

test('wrong options are refused', async ({ open }) => {
  const { upstream } = await open();
  await expect(upstream.fault('wet' as 'slow')).rejects.toThrow(
    "fault('wet'): the faults are slow, trickling, reset, empty",
  );
  await expect(upstream.fault('down', { milliseconds: 1 })).rejects.toThrow("milliseconds are for 'slow'");
  await expect(upstream.fault('slow', { milliseconds: -1 })).rejects.toThrow('give whole milliseconds');
  await expect(upstream.fault('flaky', { times: 0 })).rejects.toThrow('from 1 to 100');
});
