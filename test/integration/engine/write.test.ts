import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mend, needsMending } from '../../../generators/engine/write.ts';
import { createEngineWorkspace, type EngineWorkspace, plopCommand } from './engine-workspace.ts';

// How the disk is made to fail or the process to die at its n-th change of the disk, for every n.
const SABOTAGE = join(import.meta.dirname, 'sabotage.ts');

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
});
afterEach(async () => workspace.remove());

interface Ending {
  readonly code: number | null;
  readonly signal: string | null;
  readonly output: string;
}

/** Writes the plan named by `plan` in the workspace, and dies or fails at the n-th change of the disk. */
async function write(plan: 'folder' | 'joined', how: 'kill' | 'full', step: number): Promise<Ending> {
  const [node] = plopCommand(workspace.root);
  const child = spawn(node, [SABOTAGE, workspace.root, plan, how, String(step)], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      output += chunk;
    });
  }
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  return { code, signal, output };
}

async function afterOne(plan: 'folder' | 'joined'): Promise<Map<string, string>> {
  const before = await workspace.tree();
  expect(await write(plan, 'kill', 0)).toMatchObject({ code: 0 });
  const after = await workspace.tree();
  expect(after).not.toEqual(before);
  await workspace.remove();
  workspace = await createEngineWorkspace();
  expect(await workspace.tree()).toEqual(before);
  return after;
}

describe.each(['folder', 'joined'] as const)('writing a plan of one rename or several: %s', (plan) => {
  test('killed at any change of the disk: the next run finds the tree as before, or completes it', async () => {
    const after = await afterOne(plan);
    const outcomes = new Set<string>();
    for (let step = 1; ; step += 1) {
      const before = await workspace.tree();
      const { signal, code, output } = await write(plan, 'kill', step);
      if (signal === null) {
        expect(code, output).toBe(0);
        break;
      }
      expect(signal).toBe('SIGKILL');
      if (needsMending(workspace.root)) {
        mend(workspace.root);
      }
      const tree = await workspace.tree();
      const completed = tree.size === after.size;
      outcomes.add(completed ? 'completed' : 'undone');
      expect(tree, `killed at change ${step}`).toEqual(completed ? after : before);
      if (completed) {
        await workspace.remove();
        workspace = await createEngineWorkspace();
      }
    }
    expect(outcomes).toEqual(new Set(['undone', 'completed']));
  }, 60_000);

  test('a disk that fails at any change: exit 1, the tree as before, nothing left', async () => {
    await afterOne(plan);
    const before = await workspace.tree();
    for (let step = 1; ; step += 1) {
      const { code, output } = await write(plan, 'full', step);
      if (code === 0) {
        expect(step).toBeGreaterThan(5);
        break;
      }
      expect({ code, output }).toEqual({ code: 1, output: expect.stringContaining('ENOSPC: no space left on device') });
      expect(output).toMatch(/^The files could not be written: /);
      expect(await workspace.tree(), `failed at change ${step}`).toEqual(before);
    }
  }, 60_000);
});

describe('mending', () => {
  test('does not overwrite what somebody changed after the kill', async () => {
    let step = 1;
    do {
      await write('joined', 'kill', step);
      step += 1;
    } while (!(await readFile(join(workspace.root, '.splitlevel/journal.json')).catch(() => undefined)));
    await workspace.write('lists/first.txt', 'first\nmine\n');
    const { code, stderr } = await workspace.plop(['simple', 'other', '--no-install']);
    expect(code).toBe(3);
    expect(stderr).toContain('lists/first.txt was changed by somebody else');
    expect(await workspace.read('lists/first.txt')).toBe('first\nmine\n');
  });

  test('is done by the next run of any generator, which says so; a dry run leaves it alone', async () => {
    let step = 1;
    do {
      await write('joined', 'kill', step);
      step += 1;
    } while (!(await readFile(join(workspace.root, '.splitlevel/journal.json')).catch(() => undefined)));
    const killed = await workspace.tree();
    const dry = await workspace.plop(['simple', 'other', '--dry-run']);
    expect(dry).toMatchObject({ code: 1, stdout: '' });
    expect(dry.stderr).toContain('a dry run may not complete it');
    expect(await workspace.tree()).toEqual(killed);

    const next = await workspace.plop(['simple', 'other', '--no-install']);
    expect(next.code).toBe(0);
    expect(next.stdout).toContain('An earlier run was killed while it wrote; what it left has been settled.\n');
    expect(await workspace.read('lists/second.txt')).toBe('second\norders\n');
    expect(await workspace.read('packages/orders/a.txt')).toBe('a\n');
    expect(needsMending(workspace.root)).toBe(false);
  });
});
