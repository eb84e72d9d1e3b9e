import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startGivenServer } from '../../../../packages/testkit/integration/postgres/given-server.ts';
import { runFixtures } from '../../../../packages/testkit/integration/postgres/run-fixtures.ts';
import { openRun } from '../../../../packages/testkit/src/kinds/postgres/server/given-server-run.ts';

let server: Awaited<ReturnType<typeof startGivenServer>>;
let folder: string;
const children = new Set<ChildProcess>();

beforeAll(async () => {
  server = await startGivenServer();
}, 60_000);
afterAll(() => server.stop());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'testkit-package-'));
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: '@lab/A-Package.with_Odd~name' }));
  await mkdir(join(folder, 'migrations'));
  await mkdir(join(folder, 'integration/stubs'), { recursive: true });
});
afterEach(async () => {
  await Promise.all([...children].filter(isRunning).map((child) => stop(child, 'SIGKILL')));
  children.clear();
  // The server learns only after a while that a process was killed; until then its databases are in use.
  await vi.waitUntil(async () => (await sessions()) === 0, { timeout: 10_000 });
  const endRun = await openRun(server.url);
  await endRun();
  await rm(folder, { recursive: true });
});

/** Starts a process that uses a database of the package. */
function start(milliseconds = 0): { child: ChildProcess; url: Promise<string> } {
  const script = join(
    import.meta.dirname,
    '../../../../packages/testkit/integration/postgres/fixtures/use-database.ts',
  );
  const child = spawn(
    process.execPath,
    [script, join(folder, 'integration'), join(folder, 'log'), String(milliseconds)],
    {
      env: { ...process.env, TESTKIT_POSTGRES_URL: server.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.add(child);
  return { child, url: once(createInterface(child.stdout), 'line').then(([line]) => String(line)) };
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null;

async function stop(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  child.kill(signal);
  await once(child, 'exit');
}

async function migrationRuns(): Promise<number> {
  const log = await readFile(join(folder, 'log'), 'utf8').catch(() => '');
  return log.split('\n').length - 1;
}

async function query<Row>(sql: string, url = server.url): Promise<Row[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** How many other sessions of clients the server has. */
async function sessions(): Promise<number> {
  const [row] = await query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  return row?.count ?? Number.NaN;
}

const databases = async () =>
  (await query<{ name: string }>(`SELECT datname AS name FROM pg_database WHERE datname LIKE 'tk\\_%' ORDER BY 1`)).map(
    ({ name }) => name,
  );
const templates = async () => (await databases()).filter((name) => name.includes('_template_'));

test('one of many processes makes it, the others wait and clone', async () => {
  const started = Array.from({ length: 5 }, () => start(300));
  const urls = await Promise.all(started.map(({ url }) => url));
  expect(new Set(urls).size).toBe(5);
  expect(await migrationRuns()).toBe(1);
  expect(await templates()).toHaveLength(1);
});

test('it is sealed: nobody can connect to it, nor change it', async () => {
  await start().url;
  const [name = ''] = await templates();
  const url = new URL(server.url);
  url.pathname = name;
  await expect(query('SELECT 1', url.href)).rejects.toThrow(/not currently accepting connections/);
});

test('one that was half made by a process that was killed is made anew', async () => {
  const { child } = start(20_000);
  while ((await migrationRuns()) === 0) {
    await sleep(50);
  }
  await sleep(100);
  await stop(child, 'SIGKILL');
  expect(await templates()).toHaveLength(1);
  await start().url;
  expect(await migrationRuns()).toBe(2);
  expect(await templates()).toHaveLength(1);
});

test('it is made anew when migrations or fixtures change, and not when tests, stubs or production code do', async () => {
  const runsAfter = async (change?: () => Promise<void>) => {
    await change?.();
    const { child, url } = start();
    await url;
    await stop(child, 'SIGTERM');
    return migrationRuns();
  };
  const write = (path: string) => () => writeFile(join(folder, path), 'new');
  expect(await runsAfter()).toBe(1);
  expect(await runsAfter()).toBe(1);
  expect(await runsAfter(write('migrations/0001.ts'))).toBe(2);
  expect(await runsAfter(write('integration/seed.sql'))).toBe(3);
  expect(await runsAfter(write('integration/discount.test.ts'))).toBe(3);
  expect(await runsAfter(write('integration/stubs/rates.json'))).toBe(3);
  expect(await runsAfter(write('main.ts'))).toBe(3);
}, 60_000);

test('names are safe, and within the 63 bytes of PostgreSQL', async () => {
  const url = await start().url;
  const names = [...(await databases()), new URL(url).username];
  expect(names).toHaveLength(3);
  for (const name of names) {
    expect(name).toMatch(/^tk_a_package_with_odd_name_[a-z0-9_]{1,40}$/);
  }
});

test('a process that ends drops its database, and the next one that of a process that was killed', async () => {
  const killed = start();
  const url = await killed.url;
  const left = new URL(url).pathname.slice(1);
  await stop(killed.child, 'SIGKILL');
  expect(await databases()).toContain(left);
  const next = start();
  await next.url;
  expect(await databases()).not.toContain(left);
  await stop(next.child, 'SIGTERM');
  expect(await databases()).toEqual(await templates());
});

test('a given server is left as it was found, but for databases of failed tests, which the next run drops', async () => {
  const first = await openRun(server.url);
  const second = await openRun(server.url);
  await runFixtures(['failing'], [], { TESTKIT_POSTGRES_URL: server.url });
  await first();
  expect(await templates()).not.toEqual([]);
  await second();
  expect(await templates()).toEqual([]);
  expect((await databases()).length).toBeGreaterThan(0);

  const third = await openRun(server.url);
  expect(await databases()).toEqual([]);
  await third();
  expect(await query(`SELECT rolname FROM pg_roles WHERE rolname LIKE 'tk\\_%'`)).toEqual([]);
}, 60_000);

test('what is in use survives the sweep of another run', async () => {
  const { child, url } = start();
  const used = new URL(await url).pathname.slice(1);
  const endRun = await openRun(server.url);
  await endRun();
  expect(await databases()).toContain(used);
  expect(await templates()).toHaveLength(1);
  await stop(child, 'SIGTERM');
});
