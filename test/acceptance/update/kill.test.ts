import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mend, needsMending } from '../../../generators/engine/write/mend.ts';
import { earlierStates } from '../../history/earlier-states.ts';
import { seedOf, whole } from '../../sample.ts';
import { createEarlierWorkspace, type EarlierWorkspace } from './earlier-workspace.ts';

const MOMENTS = whole ? 100 : 12;
const FOLDER = 'packages/orders';
const UPDATE = ['update', '--package', 'orders', '--prove', 'none', '--yes', '--no-install'];

const [state] = earlierStates();
const orders = state?.packages.find(({ name }) => name === 'orders');

let workspace: EarlierWorkspace;
beforeAll(async () => {
  workspace = await createEarlierWorkspace(true);
});
afterAll(() => workspace?.remove());

function renew(): void {
  if (state === undefined || orders === undefined) {
    throw new Error('There is no earlier state with orders');
  }
  workspace.put([orders], state);
}

const texts = () => Object.fromEntries(workspace.texts(FOLDER));

/** Starts an update and kills it, and all that it started, after so many milliseconds. */
async function killAfter(milliseconds: number): Promise<void> {
  const command = workspace.start('plop', UPDATE, { environment: { INIT_CWD: workspace.root } });
  await sleep(milliseconds);
  await command.end('SIGKILL');
}

test(
  'kill -9 at random moments of an update: the package is as before or complete, and the next update completes it',
  async () => {
    renew();
    workspace.commit();
    const before = texts();
    await workspace.run('plop', UPDATE);
    const complete = texts();
    expect(complete).not.toEqual(before);
    renew();
    const started = performance.now();
    await workspace.run('plop', UPDATE);
    let duration = performance.now() - started;

    let seed = seedOf('moments of kill -9');
    const random = () => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed / 2 ** 32;
    };
    const left = { before: 0, complete: 0 };
    for (let moment = 0; moment < MOMENTS; moment += 1) {
      renew();
      // The first third of a run is the start of Node and Plop; files are written at its end.
      const share = moment % 2 === 0 ? 0.3 + 0.8 * random() : 0.8 + 0.3 * random();
      await killAfter(duration * share);
      if (needsMending(workspace.root)) {
        mend(workspace.root);
      }
      const found = texts();
      const isComplete = found['.splitlevel/runs/1-service.json'] === complete['.splitlevel/runs/1-service.json'];
      expect(found, `killed after ${share} of an update`).toEqual(isComplete ? complete : before);
      left[isComplete ? 'complete' : 'before'] += 1;

      const begun = performance.now();
      const next = await workspace.run('plop', UPDATE);
      // Other work makes the machine slower or quicker meanwhile.
      duration = isComplete ? duration : performance.now() - begun;
      expect(next.code, next.stderr).toBe(0);
      expect(texts()).toEqual(complete);
      expect(existsSync(join(workspace.root, '.splitlevel-stage'))).toBe(false);
    }
    console.log(`${left.before} were as before, ${left.complete} complete`);
    expect(left.before).toBeGreaterThan(0);
  },
  MOMENTS * 60_000,
);
