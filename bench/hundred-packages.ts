// How long a hundred packages take that have nothing to do: to plan, to be answered by the cache, and `nx affected` beside an
// Nx without the caching rules of the standard.
import { createHundredPackages, runGreen } from '../test/ci/hundred-packages.ts';
import type { ScratchWorkspace } from '../test/scratch-workspace.ts';
import { judge, printTimings, timeInTurns } from './measure.ts';

/** Leaves the targets their commands, and Nx its defaults for all else. */
async function simplifyNx(workspace: ScratchWorkspace): Promise<void> {
  const { targetDefaults } = JSON.parse(await workspace.read('nx.json'));
  const targets = Object.keys(targetDefaults).map((name) => [name, { command: 'true', cache: true }]);
  await workspace.write(
    'nx.json',
    JSON.stringify({
      analytics: false,
      neverConnectToCloud: true,
      tui: { enabled: false },
      targetDefaults: Object.fromEntries(targets),
    }),
  );
  await runGreen(
    workspace,
    'bash',
    '-ec',
    'git add . && git -c user.name=N -c user.email=n@example.org commit -qm Bare',
  );
}

const affected = (workspace: ScratchWorkspace) =>
  runGreen(workspace, 'nx', 'affected', '-t', 'lint', 'typecheck', 'unit', 'integration', '--base=HEAD');

const [workspace, bare] = [await createHundredPackages(), await createHundredPackages()];
try {
  await simplifyNx(bare);
  for (const each of [workspace, bare]) {
    await each.write('README.md', 'changed');
  }
  const timings = await timeInTurns(
    {
      'npm run ci:plan, nothing to run': () => runGreen(workspace, 'npm', 'run', '--silent', 'ci:plan'),
      'nx run-many -t unit, all cached': () => runGreen(workspace, 'nx', 'run-many', '-t', 'unit'),
      'nx affected, nothing to run': () => affected(workspace),
      'nx affected, nothing to run, bare Nx': () => affected(bare),
    },
    9,
  );
  printTimings(timings);
  // The quickest run: these are bounds in seconds, and other work on the machine makes a run slower, never quicker.
  judge({
    claim: 'the plan of a hundred packages with nothing to run',
    measured: timings['npm run ci:plan, nothing to run'].least / 1000,
    bound: 2,
    unit: ' s',
    kind: 'at most',
  });
  judge({
    claim: 'the unit suites of a hundred packages, all cached',
    measured: timings['nx run-many -t unit, all cached'].least / 1000,
    bound: 5,
    unit: ' s',
    kind: 'at most',
  });
  judge({
    claim: 'nx affected with nothing to run, in times of Nx without the rules of the standard',
    measured: timings['nx affected, nothing to run'].median / timings['nx affected, nothing to run, bare Nx'].median,
    bound: 1.2,
    unit: '×',
    kind: 'at most',
  });
} finally {
  await Promise.all([workspace.remove(), bare.remove()]);
}
