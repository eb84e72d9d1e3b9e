// How long `npx plop service` takes beside the same Plop adding one file, in the repository of the standard, where the engine
// is TypeScript.
import { createScratchWorkspace } from '../test/scratch-workspace.ts';
import { judgeScaffold } from './scaffold.ts';

const workspace = await createScratchWorkspace();
try {
  await judgeScaffold('the repository of the standard', {
    root: workspace.root,
    async run(line) {
      const [command = '', ...args] = line.split(' ');
      const { code, stderr } = await workspace.run(command, args);
      if (code !== 0) {
        throw new Error(`${line}: exit ${code}\n${stderr}`);
      }
    },
  });
} finally {
  await workspace.remove();
}
