import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runCommand } from './run-command.ts';

/** A registry of npm packages on loopback. */
export interface Registry {
  /** `http://127.0.0.1:PORT/` */
  readonly url: string;
  /** Publishes a package's folder. */
  publish(folder: string): Promise<void>;
  end(): Promise<void>;
}

const START_TIMEOUT_MS = 60_000;

/** Starts Verdaccio, installed for itself; what it does not have comes from the registry that npm is configured for. */
export async function startRegistry(): Promise<Registry> {
  const folder = await mkdtemp(join(tmpdir(), 'splitlevel-registry-'));
  await cp(join(import.meta.dirname, 'verdaccio'), folder, { recursive: true });
  await runCommand(folder, 'npm', ['ci', '--ignore-scripts', '--prefer-offline']);
  const uplink = (await runCommand(folder, 'npm', ['config', 'get', 'registry'])).trim();
  const configuration = {
    storage: './storage',
    auth: { htpasswd: { file: './users', max_users: -1 } },
    uplinks: { outside: { url: uplink } },
    packages: {
      '{@splitlevel/*,splitlevel,create-splitlevel}': { access: '$all', publish: '$all' },
      '**': { access: '$all', proxy: 'outside' },
    },
    log: { type: 'stdout', format: 'json', level: 'warn' },
  };
  // YAML, of which JSON is a part.
  await writeFile(join(folder, 'config.yaml'), JSON.stringify(configuration));
  const url = `http://127.0.0.1:${await freePort()}/`;
  const program = join(folder, 'node_modules/verdaccio/bin/verdaccio');
  const server = spawn(process.execPath, [program, '--config', 'config.yaml', '--listen', url], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [server.stdout, server.stderr]) {
    stream.on('data', (chunk) => (output += String(chunk)));
  }
  const ended = once(server, 'exit');
  const registry: Registry = {
    url,
    async publish(path) {
      const { host } = new URL(url);
      // Anybody may publish there, but npm does not try without a token.
      await runCommand(path, 'npm', [
        'publish',
        '--tag',
        'latest',
        '--registry',
        url,
        `--//${host}/:_authToken=anybody`,
      ]);
    },
    async end() {
      server.kill();
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(url))) {
    if (server.exitCode !== null || performance.now() > deadline) {
      await registry.end();
      throw new Error(`Verdaccio did not start:\n${output}`);
    }
    await sleep(100);
  }
  return registry;
}

async function answers(url: string): Promise<boolean> {
  return await fetch(`${url}-/ping`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
