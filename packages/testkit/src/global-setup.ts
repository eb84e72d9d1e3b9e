import type { TestModule, TestProject } from 'vitest/node';
import { describeServer, type UsedServer } from './evidence/evidence.ts';
import { removeEvidence, writeEvidence } from './evidence/write-evidence.ts';
import { kinds } from './kinds/table.ts';
import { connectToDaemon } from './servers/daemon/daemon-client.ts';
import { throttleProgress } from './servers/daemon/throttle-progress.ts';
import { checkPrerequisites } from './servers/prerequisites/check-prerequisites.ts';
import { startRun } from './servers/run.ts';
import { isChosen } from './servers/runtime.ts';
import { checkRuntimeOfNx } from './servers/runtime-record.ts';
import { type ServerKind, variableOf } from './servers/server-kind.ts';
import { openWorkspace } from './servers/workspace.ts';

const servers: ReadonlyMap<string, ServerKind> = new Map(
  Object.entries(kinds).map(([need, { server }]) => [need, server]),
);

/**
 * Vitest's globalSetup of the integration suite: holds the servers for the whole run, prints what takes long, says at the
 * end where the servers came from, and writes the evidence of the run. Starts none; the first test that needs one does.
 * @throws {Error} when a server cannot be had that one of the selected test files needs.
 */
export default async function setup(project?: TestProject): Promise<() => Promise<void>> {
  const workspace = openWorkspace();
  const run = await startRun();
  const { id, runtime, because } = run;
  if (!isChosen(process.env)) {
    checkRuntimeOfNx(workspace.cache, runtime, process.env);
  }
  if (project !== undefined) {
    await checkPrerequisites(selectedFiles(project), run, servers);
    removeEvidence(filesOf(project), workspace.root);
  }
  const endRunsOnGivenServers = await openRunsOnGivenServers();
  const daemon = await connectToDaemon(workspace);
  daemon.onProgress = throttleProgress(say);
  daemon.ask({ ask: 'warm-up', runtime }).catch(() => undefined);
  return async () => {
    await endRunsOnGivenServers();
    const used = (await daemon.ask({ ask: 'used-servers', run: id })) as readonly UsedServer[];
    daemon.close();
    if (project !== undefined) {
      writeEvidence(modulesOf(project), used, workspace.root);
    }
    const reason = because === undefined || used.every(({ source }) => source !== 'embedded') ? '' : `; ${because}`;
    say(`${used.length === 0 ? 'no server was needed' : used.map(describeServer).join(' · ')}${reason}`);
  };
}

/** Marks the run on each server that was given. When one cannot be used, the first test that needs it says so. */
async function openRunsOnGivenServers(): Promise<() => Promise<void>> {
  const given = [...servers.values()].flatMap((kind) => {
    const url = process.env[variableOf(kind)];
    return url && kind.openRun ? [kind.openRun(url).catch(() => async () => {})] : [];
  });
  const ends = await Promise.all(given);
  return async () => void (await Promise.all(ends.map((end) => end())));
}

/** The test files of the run; none where only some of their tests were asked for, which may need less. */
function selectedFiles(project: TestProject): string[] {
  return project.config.testNamePattern === undefined ? filesOf(project) : [];
}

function filesOf(project: TestProject): string[] {
  return project.vitest.state.getPaths().filter((path) => project.matchesTestGlob(path));
}

function modulesOf(project: TestProject): TestModule[] {
  return project.vitest.state.getTestModules().filter((module) => module.project.name === project.name);
}

function say(text: string): void {
  process.stdout.write(`testkit: ${text}\n`);
}
