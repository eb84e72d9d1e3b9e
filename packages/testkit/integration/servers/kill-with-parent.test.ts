import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';

/** Starts a server of one line on a leash, as the keeper does, and stays. */
const KEEPER = `
const { spawnOnLeash } = await import(process.argv[1]);
const command = ['/bin/sh', '-c', 'touch "$0/begun"; sleep 60; exit', process.argv[2]];
spawnOnLeash({ command, directory: process.argv[2], signal: 'QUIT', environment: { PATH: process.env.PATH } });
setInterval(() => {}, 1000);
`;

test('a keeper that is killed while its server gets ready leaves no directory', { timeout: 30_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'splitlevel-leash-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const directory = join(folder, 'server');
  const leash = join(import.meta.dirname, '../../src/servers/embedded/kill-with-parent.ts');
  const keeper = spawn(process.execPath, ['--input-type=module', '--eval', KEEPER, leash, directory], {
    stdio: 'ignore',
  });
  await vi.waitFor(() => expect(existsSync(join(directory, 'begun'))).toBe(true), { timeout: 10_000 });

  keeper.kill('SIGKILL');
  await once(keeper, 'exit');

  await vi.waitFor(() => expect(existsSync(directory)).toBe(false), { timeout: 4000 });
});
