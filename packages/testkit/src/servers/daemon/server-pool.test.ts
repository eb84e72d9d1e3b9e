import { expect, test, vi } from 'vitest';
import type { RunningServer, StartRequest } from '../running-server.ts';
import type { ServerKind } from '../server-kind.ts';
import { ServerPool } from './server-pool.ts';

const context = {
  workspace: { root: '/', images: {}, stateDirectory: '/nowhere', id: '', cache: undefined },
  daemon: 'daemon',
  progress: () => undefined,
  onEngine: () => undefined,
};

const [postgres, wiremock] = ['postgres', 'wiremock'].map((name) => ({ name }) as ServerKind) as [
  ServerKind,
  ServerKind,
];

/** Servers that live in this test only. */
function pretend() {
  const started: (StartRequest & { gone: boolean; stopped: boolean })[] = [];
  const start = vi.fn(async (request: StartRequest): Promise<RunningServer> => {
    const one = { ...request, gone: false, stopped: false };
    started.push(one);
    return {
      server: { kind: request.kind.name, url: `${started.length}`, version: '1', source: 'embedded', identity: '' },
      startedIn: 500,
      isGone: () => one.gone,
      state: async () => (one.gone ? 'It is gone.' : undefined),
      stop: async () => {
        one.stopped = true;
      },
    };
  });
  return { started, start, pool: new ServerPool(context, start) };
}

test('a server is started once, also by those who ask at the same moment', async () => {
  const { pool, start } = pretend();
  const answers = await Promise.all([1, 2, 3].map((run) => pool.get(postgres, 'embedded', `run ${run}`)));
  expect(start).toHaveBeenCalledTimes(1);
  expect(answers.map(({ server }) => server.url)).toEqual(['1', '1', '1']);
  expect(answers.map(({ startedIn }) => startedIn)).toEqual([500, undefined, undefined]);
});

test('each kind and each runtime has a server of its own, with a password of its own', async () => {
  const { pool, started } = pretend();
  await pool.get(postgres, 'embedded', 'run');
  await pool.get(postgres, 'containers', 'run');
  await pool.get(wiremock, 'embedded', 'run');
  expect(started.map(({ kind, runtime }) => `${runtime} ${kind.name}`)).toEqual([
    'embedded postgres',
    'containers postgres',
    'embedded wiremock',
  ]);
  expect(new Set(started.map(({ password }) => password)).size).toBe(3);
  for (const { password } of started) {
    expect(password).toMatch(/^[\w-]{24}$/);
  }
});

test('a server that is gone is replaced, once', async () => {
  const { pool, started } = pretend();
  await pool.get(postgres, 'embedded', 'run');
  for (const server of started) {
    server.gone = true;
  }
  const answers = await Promise.all([1, 2].map(() => pool.get(postgres, 'embedded', 'run')));
  expect(answers.map(({ server }) => server.url)).toEqual(['2', '2']);
  expect(started.map(({ stopped }) => stopped)).toEqual([true, false]);
});

test('a start that failed is tried again for another run only', async () => {
  const { pool, start } = pretend();
  start.mockRejectedValueOnce(new Error('no image'));
  const first = [pool.get(postgres, 'embedded', 'one'), pool.get(postgres, 'embedded', 'one')];
  for (const answer of first) {
    await expect(answer).rejects.toThrow('no image');
  }
  await expect(pool.get(postgres, 'embedded', 'one')).rejects.toThrow('no image');
  expect(start).toHaveBeenCalledTimes(1);
  expect((await pool.get(postgres, 'embedded', 'two')).server.url).toBe('1');
});

test('the state of a server is what is wrong with it', async () => {
  const { pool, started } = pretend();
  await pool.get(postgres, 'embedded', 'run');
  expect(await pool.state('postgres', 'embedded')).toBeUndefined();
  for (const server of started) {
    server.gone = true;
  }
  expect(await pool.state('postgres', 'embedded')).toBe('It is gone.');
  expect(await pool.state('wiremock', 'embedded')).toBe(
    'The wiremock server is not running any more. Run the tests again.',
  );
});

test('all servers are stopped at the end, those that failed to start aside', async () => {
  const { pool, start, started } = pretend();
  start.mockRejectedValueOnce(new Error('no image'));
  await pool.get(wiremock, 'embedded', 'run').catch(() => undefined);
  await pool.get(postgres, 'embedded', 'run');
  await pool.stop();
  expect(started.map(({ stopped }) => stopped)).toEqual([true]);
});
