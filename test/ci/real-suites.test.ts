import { globSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Evidence } from '@splitlevel/testkit/evidence';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchCreatedServers } from '../watch-created-servers.ts';
import type { WorkflowRun } from './github.ts';
import { createMarkedWorkspace, type MarkedWorkspace } from './marked-workspace.ts';

// The steps of the workflow file on the real suites of generated packages: servers are counted by the engine's own
// events.
let workspace: MarkedWorkspace;

beforeAll(async () => {
  workspace = await createMarkedWorkspace('real');
  await workspace.git('push', '--quiet', 'origin', 'HEAD:refs/heads/main');
});
afterAll(() => workspace.remove());

/** Tests the work tree as a pull request, and tells which servers were started for it. */
async function propose(): Promise<{ run: WorkflowRun; servers: string[] }> {
  const commit = await workspace.commit('Propose');
  await workspace.git('push', '--quiet', '--force', 'origin', 'HEAD:refs/pull/1/merge');
  const created = watchCreatedServers(workspace.clone, workspace.github.root);
  const run = await workspace.github
    .run({ event: 'pull_request', ref: 'refs/pull/1/merge', commit, base: 'main' })
    .finally(() => created.end());
  await workspace.git('reset', '--quiet', '--hard', 'origin/main');
  return { run, servers: created.output().split('\n').filter(Boolean).sort() };
}

function artifact(name: string): string {
  return readFileSync(join(workspace.github.artifacts, name), 'utf8');
}

test('unit tests and documents start no server', async () => {
  await workspace.append('packages/orders/src/config.test.ts');
  await workspace.append('packages/orders/README.md');
  const { run, servers } = await propose();
  expect(run.results, run.output).toMatchObject({ quick: 'success', integration: 'skipped', verdict: 'success' });
  expect(servers).toEqual([]);
  expect(run.summary).toContain('No server was needed.');
});

test('a stub starts the servers of its package, and the report says so', async () => {
  const [stub] = globSync('packages/orders/integration/stubs/rates/*.json', { cwd: workspace.clone.root });
  const mapping = await workspace.clone.read(stub as string);
  await workspace.clone.write(stub as string, mapping.replace('{\n', '{\n  "name": "changed",\n'));
  const { run, servers } = await propose();
  expect(run.results, run.output).toMatchObject({ quick: 'success', integration: 'success', verdict: 'success' });
  expect(servers).toEqual(['postgres', 'wiremock']);
  expect(run.summary).toMatch(
    /### Servers\n\n- orders: postgres [\d.]+ from a container .*\n- orders: wiremock .* from a container/,
  );
  const evidence: Evidence = JSON.parse(artifact('reports-integration-1-of-1/evidence/orders.json'));
  expect(evidence.servers.map(({ kind }) => kind).sort()).toEqual(['postgres', 'wiremock']);
  const fixtures = evidence.tests.flatMap((one) => Object.values(one.fixtures));
  expect(fixtures.flatMap(({ statements }) => statements)).not.toEqual([]);
  expect(fixtures.flatMap(({ requests }) => requests)).toContainEqual({
    method: 'GET',
    path: expect.any(String),
    stub,
  });
  expect(run.summary).toMatch(/### Slowest tests\n\n- [\d.]+ s .* \(packages\/orders\/integration\/.*\.test\.ts\)/);
  expect(JSON.parse(readFileSync(join(workspace.github.root, '.vitest/durations.json'), 'utf8'))).toMatchObject({
    'packages/orders/integration/round-trip.test.ts': expect.any(Number),
  });
});

test('a failed test leaves its reason, a JUnit report, and what was in its database', async () => {
  await workspace.git('rm', '--quiet', 'packages/orders/integration/*.test.ts'); // They have been seen green.
  await workspace.clone.write(
    'packages/orders/integration/broken.test.ts',
    `import { expect } from 'vitest';
import { test } from './fixtures.ts';

test('breaks', async ({ database }) => {
  await database.query("insert into products (id, name, price, discount_percent) values ($1, 'Evidence', 1, 0)", [
    crypto.randomUUID(),
  ]);
  expect('this').toBe('that');
});
`,
  );
  const { run } = await propose();
  expect(run.results).toMatchObject({ quick: 'success', integration: 'failure', verdict: 'failure' });
  expect(run.summary).toMatch(/\*\*failed\*\*/);
  expect(run.summary).toContain('- breaks (packages/orders/integration/broken.test.ts)');
  expect(run.summary).toContain("expected 'this' to be 'that'");
  expect(artifact('report/junit.xml')).toMatch(/<testcase [^>]*name="breaks"[\s\S]*<failure/);
  expect(artifact('reports-integration-1-of-1/left/1.txt')).toMatch(
    /^breaks\npackages\/orders\/integration\/broken\.test\.ts\n\n[\s\S]*^database \(postgres\), public\.products:\n.*"name":"Evidence"/m,
  );
  expect(artifact('reports-integration-1-of-1/integration.log')).toContain("expected 'this' to be 'that'");
});

test('a package that is split runs each of its files on one machine, and its parts are not taken for the whole', async () => {
  const files = globSync('packages/search/integration/*.test.ts', { cwd: workspace.clone.root }).sort();
  expect(files.length).toBeGreaterThan(1);
  const [first, ...others] = files;
  const ran: string[] = [];
  for (const exclude of [[first], others]) {
    const { code, stdout, stderr } = await workspace.clone.run('npm', ['run', 'ci', '--', 'integration'], {
      environment: {
        CI: undefined,
        TESTKIT_RUNTIME: 'containers',
        CI_SHARD: JSON.stringify({ name: '1-of-2', seconds: 1, suites: [{ project: 'search', exclude }] }),
      },
    });
    expect(code, stdout + stderr).toBe(0);
    for (const report of globSync(join(workspace.clone.root, '.vitest/ci/reports/*.json'))) {
      ran.push(...JSON.parse(readFileSync(report, 'utf8')).testResults.map(({ name }: { name: string }) => name));
    }
  }
  expect(ran.map((file) => file.slice(workspace.clone.root.length + 1)).sort()).toEqual(files);
});

test('an answer of the cache brings the evidence of the run that it answers with', async () => {
  const file = '.vitest/evidence/search.json';
  const run = () =>
    workspace.clone.run('nx', ['run', 'search:integration'], { environment: { TESTKIT_RUNTIME: 'containers' } });
  const first = await run();
  expect(first.code, first.stdout + first.stderr).toBe(0);
  const written = await workspace.clone.read(file);
  expect((JSON.parse(written) as Evidence).tests).not.toEqual([]);
  await rm(join(workspace.clone.root, file));
  const second = await run();
  expect(second.stdout).toContain('Nx read the output from the cache');
  expect(await workspace.clone.read(file)).toBe(written);
});
