// How long `npx plop service` takes beside the same Plop adding one file.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createScratchWorkspace } from '../test/scratch-workspace.ts';
import { judge, printTimings, timeInTurns } from './measure.ts';

const workspace = await createScratchWorkspace();
try {
  await workspace.write(
    'baseline/plopfile.ts',
    `export default (plop) => plop.setGenerator('file', {
      prompts: [{ type: 'input', name: 'name' }],
      actions: [{ type: 'add', path: 'out/{{name}}.ts', template: 'export const name = {{name}};' }],
    });`,
  );
  async function plop(launcher: readonly string[], args: readonly string[]): Promise<void> {
    const [command, ...rest] = [...launcher, ...args] as [string, ...string[]];
    const outcome = await workspace.run(command, rest);
    if (outcome.code !== 0) throw new Error(`${command} ${rest.join(' ')}: exit ${outcome.code}\n${outcome.stderr}`);
  }
  const service = ['service', 'x', '--yes', '--no-install'];
  const file = ['--plopfile', 'baseline/plopfile.ts', 'file', 'x'];
  const timings = await timeInTurns(
    {
      'npx plop, one file': () => plop(['npx', 'plop'], file),
      'npx plop service x --yes --no-install': () => plop(['npx', 'plop'], service),
      'plop, one file': () => plop(['plop'], file),
      'plop service x --yes --no-install': () => plop(['plop'], service),
    },
    9,
    () =>
      Promise.all(
        ['baseline/out', 'packages/x'].map((path) => rm(join(workspace.root, path), { recursive: true, force: true })),
      ),
  );
  printTimings(timings);
  judge({
    claim: 'npx plop service, in times of npx plop adding one file',
    measured: timings['npx plop service x --yes --no-install'].median / timings['npx plop, one file'].median,
    bound: 1.5,
    unit: '×',
    kind: 'at most',
  });
} finally {
  await workspace.remove();
}
