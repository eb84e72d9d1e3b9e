import { integrationTarget, quickTargets } from '@splitlevel/ci/targets';
import { createScratchWorkspace, type ScratchWorkspace } from '../scratch-workspace.ts';
import { setCommand } from '../set-command.ts';

const targets = [...quickTargets, integrationTarget];

/** A git repository of a hundred packages whose targets do nothing, so that what is left is Nx and the plan. */
export async function createHundredPackages(): Promise<ScratchWorkspace> {
  const workspace = await createScratchWorkspace();
  for (let index = 0; index < 100; index++) {
    const folder = `packages/p${index}`;
    const manifest = {
      name: `@splitlevel/p${index}`,
      version: '0.0.0',
      type: 'module',
      nx: { name: `p${index}`, targets: Object.fromEntries(targets.map((target) => [target, {}])) },
    };
    await workspace.write(`${folder}/package.json`, JSON.stringify(manifest));
    await workspace.write(`${folder}/src/index.ts`, `export const index = ${index};\n`);
    await workspace.write(
      `${folder}/src/index.test.ts`,
      "import { test } from 'vitest';\ntest('nothing', () => {});\n",
    );
    await workspace.write(`${folder}/integration/index.test.ts`, "import 'vitest';\n");
  }
  const manifest = JSON.parse(await workspace.read('package.json'));
  delete manifest.nx.targets; // The tests of this repository itself.
  await workspace.write('package.json', JSON.stringify(manifest));
  const nx = JSON.parse(await workspace.read('nx.json'));
  for (const target of targets) {
    setCommand(nx, target, 'true');
  }
  await workspace.write('nx.json', JSON.stringify(nx));
  const script = `git init --quiet --initial-branch main && git add . &&
    git -c user.name=N -c user.email=n@example.org commit --quiet --message Start && git update-ref refs/remotes/origin/main HEAD`;
  await runGreen(workspace, 'bash', '-ec', script);
  return workspace;
}

/** Runs a command as a developer would, and returns what it prints. */
export async function runGreen(workspace: ScratchWorkspace, command: string, ...args: string[]): Promise<string> {
  const environment = { CI: undefined, TESTKIT_RUNTIME: 'containers' };
  const { code, stdout, stderr } = await workspace.run(command, args, { environment });
  if (code !== 0) {
    throw new Error(`${command} ${args.join(' ')}: exit ${code}\n${stdout}${stderr}`);
  }
  return stdout;
}
