import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  createEngineWorkspace,
  type EngineWorkspace,
  plopCommand,
  plopEnvironment,
} from '../../integration/engine/engine-workspace.ts';

// Each test starts Plop, some of them several times: seconds on a busy machine.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
});
afterEach(async () => workspace.remove());

/** Puts a stand-in for npm first on PATH, so that the test says how an installation ends. */
async function withNpm(script: string): Promise<Record<string, string>> {
  const folder = join(workspace.root, '.tmp/bin');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'npm'), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, 'npm'), 0o755);
  return { PATH: [folder, plopEnvironment(workspace.root).PATH].join(delimiter) };
}

test('npm install runs in the workspace after writing, and a person sees it', async () => {
  const environment = await withNpm('echo "npm $*"; pwd; ls packages');
  const { code, stdout } = await workspace.plop(['sample', 'orders'], { environment });
  expect(code).toBe(0);
  expect(stdout).toContain('Wrote packages/orders.\nnpm install --no-audit --no-fund --prefer-offline\n');
  expect(stdout).toContain(`${workspace.root}\norders\n\nNext:\n  npx nx unit orders\n`);
});

describe('an installation that fails: exit 4, the package stays, and what to run by hand', () => {
  test('told to a person', async () => {
    const environment = await withNpm('echo "npm error network" >&2; exit 7');
    const { code, stdout, stderr } = await workspace.plop(['sample', 'orders'], { environment });
    expect(code).toBe(4);
    expect(stderr).toBe(
      'npm error network\nThe files are written, but npm install ended with exit code 7\n' +
        'Run npm install by hand; the generator need not be run again.\n',
    );
    expect(stdout).not.toContain('Next:');
    expect(await workspace.read('packages/orders/README.md')).toContain('# The orders package.');
  });

  test('told as JSON, with the end of what npm said', async () => {
    const environment = await withNpm('echo noise; echo "npm error network" >&2; exit 7');
    const { code, stdout, stderr } = await workspace.plop(['sample', 'orders', '--json'], { environment });
    expect({ code, stderr }).toEqual({ code: 4, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      exitCode: 4,
      result: 'written',
      installed: false,
      error: 'npm install ended with exit code 7:\nnpm error network',
      remedy: 'Run npm install by hand; the generator need not be run again.',
    });
  });

  test('where there is no npm', async () => {
    const [node] = plopCommand(workspace.root);
    await mkdir(join(workspace.root, '.tmp/bin'));
    await symlink(node, join(workspace.root, '.tmp/bin/node'));
    const environment = { PATH: join(workspace.root, '.tmp/bin') };
    const { code, stderr } = await workspace.plop(['sample', 'orders'], { environment });
    expect(code).toBe(4);
    expect(stderr).toContain('The files are written, but npm could not be run: spawn npm ENOENT');
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('where %s ended it', async (signal) => {
    const environment = await withNpm('echo started; exec sleep 60');
    const [node, plop] = plopCommand(workspace.root);
    const child = spawn(node, [plop, 'sample', 'orders'], {
      cwd: workspace.root,
      env: plopEnvironment(workspace.root, environment),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk;
    });
    for await (const chunk of child.stdout) {
      if (String(chunk).includes('started')) {
        break;
      }
    }
    child.kill(signal);
    const [code] = child.exitCode === null ? await once(child, 'exit') : [child.exitCode];
    expect(code).toBe(4);
    expect(stderr).toContain('The files are written, but npm install was ended by SIGTERM');
  });
});

describe('a run that was killed before its installation', () => {
  test('is completed by the same command; a package that npm knows is not installed again', async () => {
    await workspace.plop(['sample', 'orders', '--no-install']);
    const environment = await withNpm('echo "npm $*"');
    const completed = await workspace.plop(['sample', 'orders'], { environment });
    expect(completed).toMatchObject({ code: 0 });
    expect(completed.stdout).toContain('Nothing was written.\nnpm install');

    await rm(join(workspace.root, 'node_modules'));
    await mkdir(join(workspace.root, 'node_modules/@acme'), { recursive: true });
    await symlink('../../packages/orders', join(workspace.root, 'node_modules/@acme/orders'));
    await linkModules();
    const again = await workspace.plop(['sample', 'orders'], { environment });
    expect(again).toMatchObject({
      code: 0,
      stdout: 'Unchanged: packages/orders is what these answers make. Nothing was written.\n',
    });
  });

  async function linkModules(): Promise<void> {
    const repository = join(import.meta.dirname, '../../../node_modules');
    for (const name of await readdir(repository)) {
      await symlink(join(repository, name), join(workspace.root, 'node_modules', name)).catch(() => undefined);
    }
  }
});
