import { afterAll, beforeAll, expect, test } from 'vitest';
import { sample } from '../../sample.ts';
import { expectOneGuilty } from './expect-one-guilty.ts';
import { dying } from './kinds/dying.ts';
import { failing } from './kinds/failing.ts';
import { oneTest } from './kinds/kind.ts';
import { late } from './kinds/late.ts';
import { leaving } from './kinds/leaving.ts';
import { sharing } from './kinds/sharing.ts';
import { createTenPackages, type TenPackages } from './ten-packages.ts';

const kinds = [...failing, ...dying, ...late, ...leaving, ...sharing];
const drawn = sample('failures in a batch of unit suites', kinds, 1 / 5, ({ name }) => name);

let workspace: TenPackages;

beforeAll(async () => {
  workspace = await createTenPackages();
});
afterAll(() => workspace.remove());

test.for(drawn.map((kind) => [kind.name, kind] as const))('%s is told of its own package alone', ([, kind]) =>
  expectOneGuilty(workspace, 'unit', kind),
);

test('an endless loop beside the death of its process is told of both packages', async () => {
  await workspace.plant(
    {},
    {
      p0: oneTest('for (;;) {}'),
      p1: oneTest("console.log('x'.repeat(2 ** 28));"),
    },
  );
  const { output, tasks } = await workspace.runTasks('unit', undefined, { NODE_OPTIONS: '--max-old-space-size=256' });
  const red = [...tasks.values()].filter(({ isGreen }) => !isGreen).map(({ id }) => id);
  expect(red.sort(), output).toEqual(['p0:unit', 'p1:unit']);
  expect(tasks.get('p0:unit')?.output).toMatch(/packages\/p0\/src\/index\.test\.ts blocked its thread/);
  expect(tasks.get('p1:unit')?.output).toMatch(/heap out of memory/);
});
