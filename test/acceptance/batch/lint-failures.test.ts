import { afterAll, beforeAll, expect, test } from 'vitest';
import { sample } from '../../sample.ts';
import { expectOneGuilty } from './expect-one-guilty.ts';
import { linting } from './kinds/linting.ts';
import { createTenPackages, NAMES, type TenPackages } from './ten-packages.ts';

const drawn = sample('failures in a batch of lint', linting, 1 / 5, ({ name }) => name);

let workspace: TenPackages;

beforeAll(async () => {
  workspace = await createTenPackages();
});
afterAll(() => workspace.remove());

test.for(drawn.map((kind) => [kind.name, kind] as const))('%s is told of its own package alone', ([, kind]) =>
  expectOneGuilty(workspace, 'lint', kind),
);

test.for([
  ['unknown settings', '{ "unknown": 1 }\n', /packages\/p5\/biome\.json.*unknown key `unknown`/s],
  ['another root', '{ "linter": { "enabled": true } }\n', /packages\/p5\/biome\.json.*nested root configuration/s],
] as const)('%s in one package, with which Biome checks nothing, fail all', async ([, settings, says]) => {
  await workspace.plant({ 'biome.json': settings });
  for (let time = 0; time < 2; time++) {
    const { code, output, tasks } = await workspace.runTasks('lint');
    expect(code, output).toBe(1);
    expect(tasks.size).toBe(NAMES.length);
    for (const task of tasks.values()) {
      expect(task).toMatchObject({ isGreen: false, isCached: false, output: expect.stringMatching(says) });
    }
  }
});
