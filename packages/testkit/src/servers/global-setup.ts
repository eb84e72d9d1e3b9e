import type { TestProject } from 'vitest/node';
import { openRunOnGivenServer } from '../postgres/run.ts';
import { connectToKeeper } from './keeper-client.ts';
import { checkPrerequisites } from './prerequisites/check-prerequisites.ts';
import { startRun } from './run.ts';
import { isChosen } from './runtime.ts';
import { checkRuntimeOfNx } from './runtime-record.ts';
import { sparingly } from './sparingly.ts';
import { openWorkspace } from './workspace.ts';

/**
 * Vitest's globalSetup of the integration suite: holds the servers for the whole run, prints what takes long, and says at
 * the end where the servers came from. Starts none; the first test that needs one does.
 * @throws when a server cannot be had that one of the selected test files needs.
 */
export default async function setup(project?: TestProject): Promise<() => Promise<void>> {
  const workspace = openWorkspace();
  const run = await startRun();
  const { id, runtime, because } = run;
  if (!isChosen(process.env)) checkRuntimeOfNx(workspace.cache, runtime, process.env);
  if (project !== undefined) await checkPrerequisites(selectedFiles(project), run);
  const endRunOnGivenServer = await openRunOnGivenServer();
  const keeper = await connectToKeeper(workspace);
  keeper.onProgress = sparingly(say);
  keeper.ask({ ask: 'warm-up', runtime }).catch(() => undefined);
  return async () => {
    await endRunOnGivenServer();
    const used = (await keeper.ask({ ask: 'summary', run: id })) as readonly string[];
    keeper.close();
    const reason = because === undefined || used.every((text) => !text.includes('embedded')) ? '' : `; ${because}`;
    say(`${used.length === 0 ? 'no server was needed' : used.join(' · ')}${reason}`);
  };
}

/** The test files of the run; none where only some of their tests were asked for, which may need less. */
function selectedFiles(project: TestProject): string[] {
  const { vitest, config } = project;
  if (config.testNamePattern !== undefined) return [];
  return vitest.state.getPaths().filter((path) => project.matchesTestGlob(path));
}

function say(text: string): void {
  process.stdout.write(`testkit: ${text}\n`);
}
