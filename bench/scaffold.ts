import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judge, printTimings, timeInTurns } from './measure.ts';

/** A repository in which generators run. */
interface Repository {
  readonly root: string;
  /** Runs a command line of `npx`; throws where it fails. */
  run(line: string): Promise<unknown>;
}

/** Times `npx plop service` beside the same Plop adding one file. */
export async function judgeScaffold(where: string, { root, run }: Repository): Promise<void> {
  // npx plop is the command of the standard, which starts Plop.
  await rm(join(root, 'node_modules/.bin/bare-plop'), { force: true });
  await symlink('../plop/bin/plop.js', join(root, 'node_modules/.bin/bare-plop'));
  await mkdir(join(root, 'baseline'));
  await writeFile(
    join(root, 'baseline/plopfile.js'),
    `export default (plop) => plop.setGenerator('file', {
      prompts: [{ type: 'input', name: 'name' }],
      actions: [{ type: 'add', path: 'out/{{name}}.ts', template: 'export const name = {{name}};' }],
    });`,
  );
  const made = ['baseline/out', 'packages/x'].map((folder) => join(root, folder));
  const timings = await timeInTurns(
    {
      'npx plop, one file': () => run('npx bare-plop --plopfile baseline/plopfile.js file x'),
      'npx plop service x --yes --no-install': () => run('npx plop service x --yes --no-install'),
    },
    9,
    async () => {
      for (const folder of made) {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
  await rm(join(root, 'baseline'), { recursive: true });
  printTimings(timings);
  judge({
    claim: `npx plop service in ${where}, in times of npx plop adding one file`,
    measured: timings['npx plop service x --yes --no-install'].median / timings['npx plop, one file'].median,
    bound: 1.2,
    unit: '×',
    kind: 'at most',
    boundedBy: 'What the other run does not do: compile some forty templates, and start Biome to format what is made.',
  });
}
