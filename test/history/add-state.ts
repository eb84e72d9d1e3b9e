// Adds what today's generators make to the states that updates are tested from: node test/history/add-state.ts
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { ownPack } from '../../generators/engine/pack.ts';
import { createScratchWorkspace, repositoryRoot } from '../scratch-workspace.ts';
import type { EarlierPackage } from './earlier-state.ts';
import { earlierStates, STATES_FILE } from './earlier-states.ts';
import { makePackages } from './make-packages.ts';
import { packagesOfState } from './packages-of-state.ts';
import { encodeStates } from './stored-states.ts';

const states = earlierStates();
const obstacle = obstacleTo(states.at(-1)?.date ?? '');
if (obstacle === undefined) {
  const packages = await makeToday(states.length);
  const today = { name: git('log', '-1', '--format=%s'), date: dateOfCommit(), version: ownPack().version, packages };
  const bytes = encodeStates([...states, today]);
  writeFileSync(STATES_FILE, bytes);
  const file = relative(repositoryRoot, STATES_FILE);
  console.log(
    `${file}: ${states.length + 1} states in ${Math.ceil(bytes.length / 1000)} kB, the last one: ${today.name}`,
  );
} else {
  console.error(`Nothing was added: ${obstacle}`);
  process.exitCode = 1;
}

/** Why the last commit cannot be a state after the one of that date; undefined if it can. */
function obstacleTo(newest: string): string | undefined {
  const edited = git('status', '--porcelain');
  if (edited !== '') {
    return `a state is what a commit makes, and this is not committed:\n${edited}`;
  }
  return dateOfCommit() > newest ? undefined : `the newest state is of ${newest}, the last commit of ${dateOfCommit()}`;
}

async function makeToday(index: number): Promise<readonly EarlierPackage[]> {
  const workspace = await createScratchWorkspace();
  try {
    return await makePackages(packagesOfState(index), workspace.root);
  } finally {
    await workspace.remove();
  }
}

/** When the last commit was made, in UTC. */
function dateOfCommit(): string {
  return git('log', '-1', '--format=%cd', '--date=format-local:%Y-%m-%dT%H:%M:%SZ');
}

function git(...args: readonly string[]): string {
  const env = { ...process.env, TZ: 'UTC' };
  return execFileSync('git', args, { cwd: repositoryRoot, encoding: 'utf8', env }).trimEnd();
}
