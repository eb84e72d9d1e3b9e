import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Failure } from '../engine/failure.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import type { Workspace } from '../engine/workspace.ts';
import type { Suite } from './classify.ts';
import { makeDraft } from './draft.ts';
import { firstOf, type Observed, observe } from './observe.ts';
import { plannedOf } from './planned.ts';
import type { Proven } from './proven.ts';
import { type AdoptedPackage, leftAsItWas, readPackage } from './read-package.ts';
import { setUpToBlame } from './set-up-to-blame.ts';
import { leftOf, notesOf } from './tell.ts';
import { tryOut } from './trial.ts';
import { isUnderStandard } from './under-standard.ts';

/** After so many a file that passes once and then fails is not worth another. */
const MOST_TRIALS = 5;

/**
 * Takes a package under the standard: its tests are observed under its author's configuration, placed by what they
 * did, and tried in a copy where they are going to lie, with all that the package is going to be. What fails stays.
 * @throws {Failure} that says why the package is left as it was.
 */
export async function planAdoption(folder: string, workspace: Workspace, desk: Desk): Promise<Plan> {
  const { root } = workspace;
  const adopted = readPackage(root, folder);
  const tsconfig = adopted.files.has('tsconfig.json')
    ? readFileSync(join(root, folder, 'tsconfig.json'), 'utf8')
    : undefined;
  if (isUnderStandard(adopted, tsconfig)) {
    const notes = [
      `It is under the standard already. Its tests were not run: npx nx run-many -t lint typecheck unit integration -p ${adopted.project}`,
    ];
    return { folder, planned: [], notes };
  }
  const observed = await desk.progress.during(`Observing the tests of ${folder} under its own configuration`, () =>
    observe(root, adopted, desk.scratch),
  );
  if (observed.tests.size === 0) {
    throw leftAsItWas(folder, 'it has no test files', 'Test files are named *.test.ts.');
  }
  const proven = await prove(workspace, adopted, observed, desk);
  const planned = plannedOf(root, adopted, proven);
  return {
    folder,
    planned,
    // Its own versions of what the workspace has leave node_modules.
    ...(proven.draft.fates.some(({ setting }) => /ependencies\./.test(setting)) ? { installIn: root } : {}),
    notes: notesOf(adopted, proven),
    ...leftOf(adopted, proven),
  };
}

/** Tries where the tests would lie; what fails there stays, until all that is placed passes. */
async function prove(
  { root, versions }: Workspace,
  adopted: AdoptedPackage,
  observed: Observed,
  { scratch, progress }: Desk,
): Promise<Proven> {
  const suites = new Map<string, Suite>();
  const stays = new Map<string, string>();
  const blamed = new Set<string>();
  for (const [path, { kind, obstacle }] of observed.tests) {
    if (obstacle !== undefined) {
      stays.set(path, obstacle);
    } else if (kind === 'unit' || kind === 'integration') {
      suites.set(path, kind);
    }
  }
  for (let count = 1; count <= MOST_TRIALS; count += 1) {
    if (suites.size === 0) {
      throw nothingPasses(adopted, stays, blamed);
    }
    const draft = makeDraft(root, adopted, observed, suites, stays, versions.vitest ?? '');
    const trial = await progress.during(`Trying in a copy how ${adopted.folder} is going to be`, () =>
      tryOut(root, adopted, draft, scratch),
    );
    if (trial.red.size === 0) {
      return { draft, trial, suites, stays };
    }
    const origins = new Map([...suites.keys()].map((path) => [draft.moved.get(path) ?? path, path]));
    for (const [to, { failures }] of trial.red) {
      const from = origins.get(to) ?? to;
      if (suites.get(from) === 'unit' && failures.some((failure) => /^(UnitTestDidIo|NotAnInput):/.test(failure))) {
        suites.set(from, 'integration');
        continue;
      }
      suites.delete(from);
      const setups = observed.tests.get(from)?.settings?.setupFiles ?? [];
      const sources = setups.map((path) => adopted.sources.get(path)).filter((source) => source !== undefined);
      const setUp = setUpToBlame(failures, adopted.sources.get(from), sources);
      if (setUp !== undefined) {
        blamed.add(setUp);
      }
      const blame = setUp === undefined ? '' : `. The set-up file ${setUp} did that, and has to undo it in afterAll(…)`;
      stays.set(
        from,
        `it passes under its own configuration, but fails as ${to}: ${firstOf(failures) ?? 'no reason is given'}${blame}`,
      );
    }
  }
  throw leftAsItWas(
    adopted.folder,
    `other tests fail each time:\n${listOf(stays)}`,
    'Mend what they share, then run the command again.',
  );
}

function nothingPasses(
  { folder }: AdoptedPackage,
  stays: ReadonlyMap<string, string>,
  setUps: ReadonlySet<string>,
): Failure {
  const paths = [...setUps].map((path) => `${folder}/${path}`).join(' and ');
  return leftAsItWas(
    folder,
    `what a test is can be told only where it passes, and none of these can be placed:\n${listOf(stays)}`,
    setUps.size === 0
      ? 'Mend or remove them, then run the command again.'
      : `Add to ${paths} an afterAll(() => …) that undoes what it did, then run the command again.`,
  );
}

function listOf(stays: ReadonlyMap<string, string>): string {
  return [...stays].map(([path, reason]) => `  ${path}: ${reason}`).join('\n');
}
