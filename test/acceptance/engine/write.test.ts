import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { mend, needsMending } from '../../../generators/engine/write/mend.ts';
import { createEngineWorkspace, type EngineWorkspace, plopCommand } from '../../integration/engine/engine-workspace.ts';

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

/** Writes the plan in the workspace, and dies or fails at the n-th change of the disk; `later` changes on it dies. */
async function write(plan: 'folder' | 'joined', how: 'kill' | 'full', step: number, later = 0): Promise<Ending> {
  const [node] = plopCommand(workspace.root);
  const child = spawn(node, [SABOTAGE, workspace.root, plan, how, String(step), String(later)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
  await renew();
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
        await renew();
      }
    }
    expect(outcomes).toEqual(new Set(['undone', 'completed']));
  });

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
  });
});

test('killed while it takes back what a full disk stopped: all or nothing', async () => {
  const after = await afterOne('joined');
  const before = await workspace.tree();
  const journal = await stepOfTheJournal();
  const outcomes = new Set<string>();
  for (let step = journal + 1; (await write('joined', 'full', step)).code !== 0; step += 1) {
    for (let later = 1; (await write('joined', 'full', step, later)).signal === 'SIGKILL'; later += 1) {
      mend(workspace.root);
      const tree = await workspace.tree();
      const completed = tree.size === after.size;
      outcomes.add(completed ? 'completed' : 'undone');
      expect(tree, `full at change ${step}, killed ${later} later`).toEqual(completed ? after : before);
      if (completed) {
        await renew();
      }
    }
    expect(await workspace.tree()).toEqual(before);
  }
  expect(outcomes).toEqual(new Set(['undone', 'completed']));
});

/** Kills writes until one has a journal, which stays; gives the change of the disk after which it is there. */
async function stepOfTheJournal(): Promise<number> {
  for (let step = 1; ; step += 1) {
    await write('joined', 'kill', step);
    const committed = existsSync(join(workspace.root, '.splitlevel-stage/journal.json'));
    await renew();
    if (committed) {
      return step - 1;
    }
  }
}

async function renew(): Promise<void> {
  await workspace.remove();
  workspace = await createEngineWorkspace();
}

describe('mending', () => {
  test('does not overwrite what somebody changed after the kill', async () => {
    await write('joined', 'kill', (await stepOfTheJournal()) + 1);
    await workspace.write('lists/first.txt', 'first\nmine\n');
    const { code, stderr } = await workspace.plop(['simple', 'other', '--no-install']);
    expect(code).toBe(3);
    expect(stderr).toContain('lists/first.txt was changed by somebody else');
    expect(await workspace.read('lists/first.txt')).toBe('first\nmine\n');
  });

  test('is done by the next run of any generator, which says so; a dry run leaves it alone', async () => {
    await write('joined', 'kill', (await stepOfTheJournal()) + 1);
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
