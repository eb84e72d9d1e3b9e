import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMarkedWorkspace, type MarkedWorkspace } from './marked-workspace.ts';
import { everything } from './tasks.ts';

// A server of Nx's protocol: whoever has the reading token may read, only the default branch's token may write.
const stored = new Map<string, Buffer>();
const asked: string[] = [];
let server: Server;
let workspace: MarkedWorkspace;
let vars: { NX_CACHE_SERVER: string };

beforeAll(async () => {
  // Nx drops a result without a word when the server closes an idle connection just as Nx takes it up again.
  server = createServer({ keepAliveTimeout: 600_000 }, async (request, response) => {
    const hash = /^\/v1\/cache\/(\w+)$/.exec(request.url ?? '')?.[1] ?? '';
    const chunks: Buffer[] = [];
    for await (const chunk of request) {
      chunks.push(chunk);
    }
    const token = request.headers.authorization;
    const answer = (status: number, body?: Buffer) => {
      asked.push(`${request.method} ${status}`);
      response.writeHead(status, body ? { 'content-type': 'application/octet-stream' } : {}).end(body);
    };
    if (token !== 'Bearer reads' && token !== 'Bearer writes') {
      return answer(401);
    }
    if (request.method === 'GET') {
      return stored.has(hash) ? answer(200, stored.get(hash)) : answer(404);
    }
    if (token === 'Bearer reads') {
      return answer(403);
    }
    stored.set(hash, Buffer.concat(chunks));
    return answer(200);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  vars = { NX_CACHE_SERVER: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  workspace = await createMarkedWorkspace();
  await workspace.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
});
beforeEach(() => void asked.splice(0));
afterAll(async () => {
  server.close();
  await workspace.remove();
});

const runMain = async (token: Record<string, string>) =>
  workspace.github.run(
    { event: 'push', ref: 'refs/heads/main', commit: await workspace.git('rev-parse', 'origin/main') },
    vars,
    token,
  );

/** A pull request that changes the library and a test of stock. */
async function runProposal(secrets: Record<string, string>) {
  const commit = await workspace.git('rev-parse', 'HEAD');
  await workspace.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/pull/1/merge');
  const run = await workspace.github.run(
    { event: 'pull_request', ref: 'refs/pull/1/merge', commit, base: 'main' },
    vars,
    secrets,
  );
  expect(run.results.verdict, run.output).toBe('success');
  return run;
}

test('what the default branch ran, no other machine runs again', async () => {
  await runMain({ NX_CACHE_TOKEN: 'writes' });
  expect(await workspace.tasksThatRan()).toEqual(everything);
  expect(stored.size).toBe(everything.length);
  const again = await runMain({ NX_CACHE_TOKEN: 'writes' });
  expect(await workspace.tasksThatRan()).toEqual([]);
  expect(again.results, again.output).toMatchObject({ quick: 'success', integration: 'skipped', verdict: 'success' });
});

test('a pull request reads, and what it ran is not kept for anybody', async () => {
  const [one, two] = ['packages/stock/src/config.test.ts', 'packages/stock/src/config.ts'];
  await workspace.append(two);
  await workspace.commit('Change');
  await workspace.git('revert', '--no-edit', 'HEAD');
  await workspace.append(one);
  await workspace.commit('Change the test');
  await runProposal({ NX_CACHE_TOKEN: 'reads' });
  expect(await workspace.tasksThatRan()).toEqual(['stock:lint', 'stock:typecheck', 'stock:unit']);
  expect(stored.size).toBe(everything.length);
  expect(asked).toContain('PUT 403');
  await runProposal({ NX_CACHE_TOKEN: 'reads' });
  expect(await workspace.tasksThatRan(), 'nothing was kept').toHaveLength(3);
});

test('a pull request of a fork has no token, and a cache that is down helps nobody: they run without it', async () => {
  const run = await runProposal({});
  expect(await workspace.tasksThatRan()).toHaveLength(3);
  expect(run.output).toMatch(/the shared cache http:\S+ answers 401, so this run goes without it/);
  expect(new Set(asked)).toEqual(new Set(['GET 401']));

  server.close();
  server.closeAllConnections();
  const down = await runProposal({ NX_CACHE_TOKEN: 'reads' });
  expect(await workspace.tasksThatRan()).toHaveLength(3);
  expect(down.output).toMatch(/the shared cache http:\S+ does not answer/);
});

describe("where no server is set, the forge's own cache carries the results of the default branch", () => {
  const stock = ['stock:lint', 'stock:typecheck', 'stock:unit'];

  async function run(event: 'push' | 'pull_request' | 'schedule', ref: string) {
    const commit = await workspace.git('rev-parse', 'HEAD');
    await workspace.git('push', '--quiet', '--force', 'origin', `HEAD:${ref}`);
    const outcome = await workspace.github.run({ event, ref, commit, base: 'main' });
    expect(outcome.results.verdict, outcome.output).toBe('success');
    return outcome;
  }

  test('it runs nothing twice; what the night and a branch ran is kept for nobody', async () => {
    workspace.github.keepsResults = true;
    // Suites are known to be short, so that one machine is enough: each takes its time here.
    await workspace.github.keepDurations({ 'packages/money/integration/index.test.ts': 0.1 });
    await run('push', 'refs/heads/main');
    expect(await workspace.tasksThatRan()).toEqual(everything);

    await run('schedule', 'refs/heads/main');
    expect(await workspace.tasksThatRan(), 'the night takes nothing from the cache').toEqual(everything);

    await workspace.append('packages/stock/src/config.test.ts');
    await workspace.commit('Change a test');
    await run('pull_request', 'refs/pull/1/merge');
    expect(await workspace.tasksThatRan()).toEqual(stock);

    const merged = await run('push', 'refs/heads/main');
    expect(await workspace.tasksThatRan(), 'only what is new').toEqual(stock);
    expect(merged.output).toContain(`the cache has ${everything.length} results of the default branch`);
    expect(merged.results).toEqual({ quick: 'success', integration: 'skipped', verdict: 'success' });
  });
});
