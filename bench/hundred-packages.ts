// How long a hundred packages take that have nothing to do: to plan, and to be answered by the cache.
import { createHundredPackages, runGreen } from '../test/ci/hundred-packages.ts';
import { judge, printTimings, timeInTurns } from './measure.ts';

const workspace = await createHundredPackages();
try {
  await workspace.write('README.md', 'changed');
  const timings = await timeInTurns(
    {
      'npm run ci:plan, nothing to run': () => runGreen(workspace, 'npm', 'run', '--silent', 'ci:plan'),
      'nx run-many -t unit, all cached': () => runGreen(workspace, 'nx', 'run-many', '-t', 'unit'),
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
} finally {
  await workspace.remove();
}
