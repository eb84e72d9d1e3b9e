import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';

/** Starts a server of one line that is killed with its parent, as the daemon does, and stays. */
const DAEMON = `
const { spawnKilledWithParent } = await import(process.argv[1]);
const command = ['/bin/sh', '-c', 'touch "$0/begun"; sleep 60; exit', process.argv[2]];
spawnKilledWithParent({ command, directory: process.argv[2], signal: 'QUIT', environment: { PATH: process.env.PATH } });
setInterval(() => {}, 1000);
`;

test('a daemon that is killed while its server gets ready leaves no directory', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'splitlevel-kill-with-parent-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const directory = join(folder, 'server');
  const module = join(import.meta.dirname, '../../src/servers/embedded/kill-with-parent.ts');
  const daemon = spawn(process.execPath, ['--input-type=module', '--eval', DAEMON, module, directory], {
    stdio: 'ignore',
  });
  await vi.waitFor(() => expect(existsSync(join(directory, 'begun'))).toBe(true), { timeout: 10_000 });

  daemon.kill('SIGKILL');
  await once(daemon, 'exit');

  await vi.waitFor(() => expect(existsSync(directory)).toBe(false), { timeout: 4000 });
});
