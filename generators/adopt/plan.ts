import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObservedRun } from '../../packages/testkit/src/guards/observed-run.ts';
import { diskOf } from '../engine/disk.ts';
import { messageOf } from '../engine/failure.ts';
import type { Desk, Plan } from '../engine/generator.ts';
import { isChange, type Planned, planEdit } from '../engine/plan.ts';
import type { Workspace } from '../engine/workspace.ts';
import { type Classified, classify, type Suite } from './classify.ts';
import { movesOf, type PackageMove } from './moves.ts';
import { type AdoptedPackage, leftAsItWas, readPackage } from './read-package.ts';
import { observePackage, runSuite } from './run-tests.ts';
import { includeFolder, wireTargets } from './targets.ts';
import { makeTrial } from './trial.ts';

/**
 * What takes a package under the standard: its tests are run and observed, placed by what they did, and tried in a copy
 * where they are going to lie.
 * @throws Failure that says why the package is left as it was.
 */
export async function planAdoption(folder: string, { root }: Workspace, { scratch, say }: Desk): Promise<Plan> {
  const adopted = readPackage(root, folder);
  say(`Running the ${adopted.tests.length} test files of ${folder} under the guard…`);
  const classified = classifyAll(adopted, await observePackage(root, folder));
  const suites = suitesOf(classified);
  const planned = planAll(root, adopted, classified, suites);
  const stay = [...classified].filter(([, { obstacle }]) => obstacle !== undefined);
  if (planned.some(isChange)) {
    say('Running them in a copy, where they are going to lie…');
    const without = stay.map(([path]) => `${folder}/${path}`);
    const trial = makeTrial(root, folder, planned, without, scratch);
    try {
      for (const suite of suites) await tryOut(suite, trial.root, folder, root);
    } finally {
      trial.remove();
    }
  }
  const count = (kind: string) => [...classified.values()].filter((each) => each.kind === kind).length;
  return {
    folder,
    planned,
    notes: [
      `${count('unit')} unit, ${count('integration')} integration, ${count('hybrid')} hybrid.`,
      ...stay.map(([, { path, kind, obstacle }]) => `  stays  ${path} (${kind}): ${obstacle}.`),
    ],
  };
}

function classifyAll({ folder, tests }: AdoptedPackage, run: ObservedRun): ReadonlyMap<string, Classified> {
  const files = tests.map(({ path }) => `${folder}/${path}`);
  const red = files.filter((file) => run.files.get(file)?.passed !== true);
  if (red.length > 0) {
    throw leftAsItWas(
      folder,
      `what a test is can be told only where it passes, and these do not:\n${failuresOf(run, red)}`,
      'Mend or remove them, then run the command again. Tests import what they use from vitest.',
    );
  }
  const seen = Map.groupBy(run.observations, ({ file }) => file);
  return new Map(tests.map(({ path }) => [path, classify(`${folder}/${path}`, seen.get(`${folder}/${path}`) ?? [])]));
}

/** The suites that the package is going to have. */
function suitesOf(classified: ReadonlyMap<string, Classified>): readonly Suite[] {
  const placed = [...classified.values()].filter(({ obstacle }) => obstacle === undefined);
  return (['unit', 'integration'] as const).filter((suite) => placed.some(({ kind }) => kind === suite));
}

function planAll(
  root: string,
  adopted: AdoptedPackage,
  classified: ReadonlyMap<string, Classified>,
  suites: readonly Suite[],
): readonly Planned[] {
  const { folder, files } = adopted;
  let moves: readonly PackageMove[];
  try {
    moves = movesOf(adopted, classified);
  } catch (error) {
    throw leftAsItWas(folder, messageOf(error), 'Rename or move these files by hand, then run the command again.');
  }
  const edits = [{ path: `${folder}/package.json`, apply: (text: string) => wireTargets(text, suites) }];
  if (files.has('tsconfig.json') && suites.includes('integration')) {
    edits.push({ path: `${folder}/tsconfig.json`, apply: (text) => includeFolder(text, 'integration') });
  }
  const disk = diskOf(root);
  return [...moves.map((move) => plannedMove(root, folder, move)), ...edits.map((edit) => planEdit(edit, disk))];
}

function plannedMove(root: string, folder: string, { from, to, text }: PackageMove): Planned {
  const before = readFileSync(join(root, folder, from));
  const after = text === undefined ? before : Buffer.from(text);
  return { path: `${folder}/${to}`, fate: 'move', from: `${folder}/${from}`, before, after };
}

async function tryOut(suite: Suite, copy: string, folder: string, root: string): Promise<void> {
  const run = await runSuite(suite, copy, folder, root);
  if (run.exitCode === 0) return;
  const red = [...run.files].filter(([, { passed }]) => !passed).map(([path]) => path);
  throw leftAsItWas(
    folder,
    `where they would lie, these tests do not pass:\n${red.length === 0 ? run.output : failuresOf(run, red)}`,
    'Change what they rely on, a path or a state that they share for example, then run the command again.',
  );
}

function failuresOf(run: ObservedRun, paths: readonly string[]): string {
  return paths
    .map((path) => {
      const { failures = ['Vitest did not run it'], tests = 0 } = run.files.get(path) ?? {};
      return `  ${path}: ${failures[0] ?? (tests === 0 ? 'it has no tests' : 'it fails')}`.replaceAll('\n', '\n    ');
    })
    .join('\n');
}
