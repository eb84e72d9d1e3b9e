// How long npx plop update takes without a proof: of a hundred libraries, and of one of them.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generator as library } from '../generators/library/generator.ts';
import { createEarlierWorkspace } from '../test/acceptance/update/earlier-workspace.ts';
import { judge, printTimings, timeInTurns } from './measure.ts';

const PACKAGES = 100;
const CHANGED = 'templates/library/base/src/split-evenly.ts';

const workspace = await createEarlierWorkspace(true);
try {
  for (let number = 1; number <= PACKAGES; number += 1) {
    await workspace.generate(library, { name: `library-${number}` });
  }
  workspace.commit();
  const template = await readFile(join(workspace.root, CHANGED), 'utf8');
  await writeFile(join(workspace.root, CHANGED), `${template}\n// Changed since.\n`);
  const update = async (...args: readonly string[]) => {
    const all = ['update', ...args, '--prove', 'none', '--yes', '--no-install'];
    const { code, stdout, stderr } = await workspace.run('plop', all);
    if (code !== 0 || !stdout.includes('  edit  ')) {
      throw new Error(`plop ${all.join(' ')}: exit ${code}\n${stdout}${stderr}`);
    }
  };
  const timings = await timeInTurns(
    {
      'plop update --all, a hundred libraries': () => update('--all'),
      'plop update --package, one library': () => update('--package', 'library-1'),
    },
    3,
    async () => {
      workspace.git('checkout', '-q', '--', 'packages');
    },
  );
  printTimings(timings);
  // The quickest run: these are bounds in seconds, and other work on the machine makes a run slower, never quicker.
  judge({
    claim: 'an update of a hundred packages without a proof',
    measured: timings['plop update --all, a hundred libraries'].least / 1000,
    bound: 30,
    unit: ' s',
    kind: 'at most',
  });
  judge({
    claim: 'an update of one package without a proof',
    measured: timings['plop update --package, one library'].least / 1000,
    bound: 1.5,
    unit: ' s',
    kind: 'at most',
  });
} finally {
  await workspace.remove();
}
