import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createEngineWorkspace,
  type EngineWorkspace,
  plopCommand,
  plopEnvironment,
} from '../../integration/engine/engine-workspace.ts';
import { recordIn } from '../../record-in.ts';

const MOMENTS = 60;

let workspace: EngineWorkspace;
beforeEach(async () => {
  workspace = await createEngineWorkspace();
});
afterEach(async () => workspace.remove());

/** Starts the command and kills it after so many milliseconds. */
async function killAfter(milliseconds: number, name: string): Promise<'killed' | 'done'> {
  const [node, plop] = plopCommand(workspace.root);
  const child = spawn(node, [plop, 'joined', name, '--no-install'], {
    cwd: workspace.root,
    env: plopEnvironment(workspace.root),
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await sleep(milliseconds);
  child.kill('SIGKILL');
  const [, signal] = (await ended) as [number | null, string | null];
  return signal === 'SIGKILL' ? 'killed' : 'done';
}

test('kill -9 at sixty moments of a run: all or nothing, and the next run mends it', async () => {
  await workspace.plop(['joined', 'warm', '--no-install']);
  const started = performance.now();
  await workspace.plop(['joined', 'timed', '--no-install']);
  const duration = performance.now() - started;

  const endings = new Set<string>();
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    const name = `package-${moment}`;
    // The first half of a run is Plop's own start, so that most kills fall into the second.
    endings.add(await killAfter(duration * (0.4 + (0.7 * moment) / MOMENTS), name));
    const next = await workspace.plop(['joined', `next-${moment}`, '--no-install']);
    expect(next.code, next.stderr).toBe(0);

    const made = (await readdir(join(workspace.root, 'packages'))).includes(name);
    for (const list of ['first', 'second']) {
      const lines = (await workspace.read(`lists/${list}.txt`)).split('\n');
      expect(lines.includes(name), `${name} in the ${list} list`).toBe(made);
      expect(lines).toContain(`next-${moment}`);
    }
    if (made) {
      expect(await workspace.read(`packages/${name}/note.txt`)).toBe(`Made for ${name}.\n`);
      expect(recordIn(workspace.root, `packages/${name}`)).toMatchObject([{ generator: 'joined', made: ['note.txt'] }]);
    }
    expect(await readdir(workspace.root)).not.toContain('.splitlevel-stage');
  }
  expect(endings).toContain('killed');

  const temporary = join(workspace.root, '.tmp');
  const [scratch = ''] = (await readdir(temporary)).filter((each) => each.startsWith('splitlevel-generate-'));
  expect((await readdir(join(temporary, scratch))).toSorted()).toEqual(['last-run.json', 'lock']);
});
