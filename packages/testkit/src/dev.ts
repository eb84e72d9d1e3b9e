// `nx dev NAME`: serves a package on the testkit's own servers, with migrations applied and stubs loaded.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { needKinds } from './need-kinds.ts';
import type { Needs } from './needs.ts';

const HOST = '127.0.0.1';
/** How long the service may take from its start to its first answer, in milliseconds. */
const START_TIMEOUT = 15_000;
/** How long the service may take to end once it was asked to, in milliseconds. */
const STOP_TIMEOUT = 12_000;

async function load<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(path).href)) as T;
}

/** Prepares every need of the package and returns the environment that names the servers. */
async function prepare(packageDirectory: string): Promise<Record<string, string>> {
  const directory = join(packageDirectory, 'integration');
  const { needs } = await load<{ needs: Needs }>(join(directory, 'needs.ts'));
  const urls = Object.entries(needs).map(async ([key, need]) => {
    const kind = await needKinds[need.kind]();
    const prepared = await kind.prepare(need as never, { directory, key });
    const { value } = await prepared.open({ isolation: 'worker', name: 'nx dev', file: directory });
    return [variableOf('name' in need ? need.name : key), value.url];
  });
  return Object.fromEntries(await Promise.all(urls));
}

/** `exchange-rates` → `EXCHANGE_RATES_URL`. */
function variableOf(name: string): string {
  return `${name.replaceAll('-', '_').toUpperCase()}_URL`;
}

/** Resolves when the service answers that it is ready, or says why it is not. */
async function untilReady(url: string, service: ChildProcess): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT;
  while (performance.now() < deadline && service.exitCode === null) {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(1000) }).catch(() => undefined);
    if (response?.ok) return;
    await sleep(100);
  }
  if (service.exitCode === null)
    throw new Error(`The service did not answer ${url}/health/ready within ${START_TIMEOUT / 1000} s.`);
}

/** @throws when something listens on the port already: `node --watch` would wait for a change instead of ending. */
async function refuseTakenPort(name: string, port: number): Promise<void> {
  const probe = createServer().listen(port, HOST);
  const failure = await once(probe, 'listening').then(
    () => undefined,
    (error: NodeJS.ErrnoException) => error,
  );
  probe.close();
  if (failure?.code === 'EADDRINUSE')
    throw new Error(
      `Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npx nx dev ${name}`,
    );
  if (failure) throw failure;
}

async function serve(packageDirectory: string): Promise<void> {
  const name = basename(packageDirectory);
  const variables = { HOST, ...(await prepare(packageDirectory)) };
  const environment = { ...process.env, ...variables };
  const { readConfig } = await load<{ readConfig(environment: NodeJS.ProcessEnv): { port: number } }>(
    join(packageDirectory, 'src/config.ts'),
  );
  const { port } = readConfig(environment);
  await refuseTakenPort(name, port);

  const service = spawn(process.execPath, ['--watch', '--watch-preserve-output', 'src/main.ts'], {
    cwd: packageDirectory,
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const ended = once(service, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      service.kill('SIGTERM');
      setTimeout(() => service.kill('SIGKILL'), STOP_TIMEOUT).unref();
    });
  }
  const url = `http://${HOST}:${port}`;
  await untilReady(url, service);
  if (service.exitCode === null) {
    for (const [variable, value] of Object.entries(variables)) console.log(`  ${variable}=${value}`);
    console.log(`\n${name} is served at ${url} and starts again when its source changes. Ctrl-C ends it.\n`);
  }
  await ended;
}

try {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Usage: node packages/testkit/src/dev.ts PACKAGE_FOLDER');
  await serve(resolve(folder));
  process.exit(0);
} catch (error) {
  console.error(`nx dev: ${(error as Error).message}`);
  process.exit(1);
}
