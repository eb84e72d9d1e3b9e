import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunningCommand } from '../../running-command.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../../scratch-workspace.ts';

let workspace: ScratchWorkspace;
let command: RunningCommand | undefined;

beforeAll(async () => {
  workspace = await createScratchWorkspace(['pricing']);
  const args = ['service', 'orders', '--yes', '--upstream', 'rates', '--no-install'];
  const outcome = await workspace.run('plop', args);
  expect(outcome.code, outcome.stderr).toBe(0);
});
afterEach(async () => {
  await command?.end();
  command = undefined;
});
afterAll(() => workspace.remove());

async function edit(path: string, change: (text: string) => string): Promise<void> {
  await workspace.write(path, change(await workspace.read(path)));
}

test('npm run watch runs the unit tests that a save affects, and no others', async () => {
  command = workspace.start('npm', ['run', 'watch']);
  await command.waitFor(/Waiting for file changes/);
  expect(command.output()).toMatch(/packages\/orders\/src\/.*\.test\.ts/);
  expect(command.output()).toMatch(/packages\/pricing\/src\/.*\.test\.ts/);

  const saved = command.output().length;
  await edit('packages/orders/src/product.ts', (text) => `${text}\n`);
  await command.waitFor(/Waiting for file changes/, 20_000, saved);
  const second = command.output().slice(saved);
  expect(second).toMatch(/packages\/orders\/src\/product\.test\.ts/);
  expect(second).not.toMatch(/packages\/pricing/);
  expect(second).not.toMatch(/config\.test\.ts/);
});

test('nx dev serves the package on servers of the testkit, and Ctrl-C ends it', async () => {
  command = workspace.start('npx', ['nx', 'dev', 'orders'], { environment: { PORT: '3917' } });
  const [, url] = await command.waitFor(/orders is served at (http:\S+)/, 120_000);
  expect(url).toBe('http://127.0.0.1:3917');
  expect(command.output()).toMatch(/DATABASE_URL=postgres:\/\//);
  expect((await fetch(`${url}/health/ready`)).status).toBe(200);

  await command.end('SIGINT');
  await expect(fetch(`${url}/health/ready`)).rejects.toThrow('fetch failed');
});

test('nx dev says which port to take where its own is taken', async () => {
  const listener = createServer().listen(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address() as AddressInfo;
  const outcome = await workspace.run('npx', ['nx', 'dev', 'orders'], { environment: { PORT: `${port}` } });
  listener.close();
  expect(outcome.code).toBe(1);
  expect(outcome.stdout + outcome.stderr).toContain(
    `Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npx nx dev orders`,
  );
});
