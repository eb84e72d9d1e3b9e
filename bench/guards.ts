// What the guards of the unit suites cost: all suites of a hundred fresh services in one Vitest, and the time from a save to
// its verdict, each beside a Vitest without the guards.
import { cpSync, globSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningCommand } from '../test/running-command.ts';
import { createScratchWorkspace, type ScratchWorkspace } from '../test/scratch-workspace.ts';
import { judge, printTimings, summarise, timeInTurns } from './measure.ts';

const PACKAGES = 100;
const SAVES = 15;
/** Test files of a fresh service, times the packages. */
const FILES = 9 * PACKAGES;
const configWith = (setupFiles: string) => `import config from './vitest.config.ts';
for (const { test } of config.test.projects) test.setupFiles = ${setupFiles};
export default config;
`;
/** What a guard needs of Vitest, and does nothing. */
const IDLE = `import { aroundAll, aroundEach } from 'vitest';
aroundAll((runSuite) => runSuite());
aroundEach((runTest) => runTest());
`;

/** A workspace with a hundred services, and no other unit tests. */
async function createServices(): Promise<ScratchWorkspace> {
  const workspace = await createScratchWorkspace();
  for (const file of globSync('{generators,packages/*/src}/**/*.test.ts', { cwd: workspace.root })) {
    rmSync(join(workspace.root, file));
  }
  const { code, stderr } = await workspace.run('plop', ['service', 'shop', '--yes', '--no-install']);
  if (code !== 0) {
    throw new Error(stderr);
  }
  const made = join(workspace.root, 'packages/shop');
  const manifest = await readFile(join(made, 'package.json'), 'utf8');
  for (let index = 1; index < PACKAGES; index++) {
    cpSync(made, `${made}-${index}`, { recursive: true });
    writeFileSync(join(`${made}-${index}`, 'package.json'), manifest.replaceAll('shop"', `shop-${index}"`));
  }
  await workspace.write('bare.config.ts', configWith('[]'));
  await workspace.write('idle.config.ts', configWith("[import.meta.dirname + '/idle.ts']"));
  await workspace.write('idle.ts', IDLE);
  return workspace;
}

async function runSuites(workspace: ScratchWorkspace, ...more: string[]): Promise<void> {
  const { code, stdout } = await workspace.run('vitest', ['run', '--project', 'unit', ...more]);
  if (code !== 0) {
    throw new Error(stdout);
  }
}

/** Milliseconds from a save to the verdict on it. */
async function save(workspace: ScratchWorkspace, watch: RunningCommand, round: number): Promise<number> {
  const path = `packages/shop-${round + 1}/src/discount-rule.ts`;
  const text = `${await workspace.read(path)}\n`;
  const seen = watch.output().length;
  const start = performance.now();
  await workspace.write(path, text);
  while (!/Duration/.test(watch.output().slice(seen))) {
    await sleep(1);
  }
  const took = performance.now() - start;
  await sleep(300); // until Vitest waits again
  return took;
}

async function judgeSaves(guarded: ScratchWorkspace, bare: ScratchWorkspace): Promise<void> {
  const watches = [
    guarded.start('vitest', ['watch', '--project', 'unit']),
    bare.start('vitest', ['watch', '--project', 'unit', '--config', 'bare.config.ts']),
  ] as const;
  try {
    for (const watch of watches) {
      await watch.waitFor(/Waiting for file changes/, 120_000);
    }
    const times: [number[], number[]] = [[], []];
    for (let round = 0; round <= SAVES; round++) {
      const took = [await save(guarded, watches[0], round), await save(bare, watches[1], round)] as const;
      if (round === 0) {
        continue; // warms up
      }
      times[0].push(took[0]);
      times[1].push(took[1]);
    }
    const [withGuards, without] = [summarise(times[0]), summarise(times[1])];
    printTimings({ 'save to verdict': withGuards, 'save to verdict, no guards': without });
    judge({
      claim: 'from a save to its verdict, in times of Vitest without the guards',
      measured: withGuards.median / without.median,
      bound: 1,
      unit: '×',
      kind: 'at most',
      boundedBy:
        'Vitest starts a worker for each save, which loads the guards anew, and waits 100 ms before it does, which no option changes.',
    });
  } finally {
    await Promise.all(watches.map((watch) => watch.end()));
  }
}

const [guarded, bare] = [await createServices(), await createServices()];
try {
  await judgeSaves(guarded, bare);
  const timings = await timeInTurns(
    {
      guarded: () => runSuites(guarded),
      idle: () => runSuites(guarded, '--config', 'idle.config.ts'),
      bare: () => runSuites(guarded, '--config', 'bare.config.ts'),
    },
    3,
  );
  printTimings({
    'unit suites of 100 services': timings.guarded,
    'unit suites of 100 services, hooks that do nothing': timings.idle,
    'unit suites of 100 services, no guards': timings.bare,
  });
  judge({
    claim: 'the unit suites of a hundred services, in times of Vitest without the guards',
    measured: timings.guarded.median / timings.bare.median,
    bound: 1.05,
    unit: '×',
    kind: 'at most',
    boundedBy: `A setup file whose hooks do nothing takes ${(timings.idle.median / timings.bare.median).toFixed(2)} times as long; the rest is what the guards look at after each of ${FILES} files.`,
  });
} finally {
  await Promise.all([guarded.remove(), bare.remove()]);
}
