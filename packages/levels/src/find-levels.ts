import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import {
  type CopiedPackage,
  copyWorkspace,
  EXIT,
  Failure,
  type Progress,
  scratchFolder,
  type Workspace,
} from '@splitlevel/generators/engine';
import type { Tried } from './levels-of.ts';
import { boundMutants } from './mutants/bounds.ts';
import { instrument } from './mutants/code.ts';
import { migrationMutants } from './mutants/migrations.ts';
import type { Mutant } from './mutants/mutant.ts';
import { queryMutants } from './mutants/queries.ts';
import { stubMutants } from './mutants/stubs.ts';
import { reachIn } from './reach-of.ts';
import { readSubject, type Subject } from './read-subject.ts';
import type { Findings } from './report.ts';
import type { Level, Look } from './trial/messages.ts';
import { SuiteProcess } from './trial/suite-process.ts';
import { tryMutants, type Verdict } from './try-mutants.ts';

/** Of the time, what unit tests may take: they are asked of every mutant, and quick. */
const UNIT_SHARE = 0.4;
/** How long tests may take longer than usual before they hang. */
const PATIENCE_MS: Readonly<Record<Level, number>> = { unit: 5000, integration: 8000 };
const TELL_MS = 15_000;

/**
 * Makes mutants of a package, and asks its two suites which of them they catch: unit tests first, then integration
 * tests of those that survive, then of the others. Nothing of the workspace is changed: it is copied.
 * @param wanted the package's name in Nx or its folder
 * @param minutes after which no more mutants are tried; what is tried first is a sample of all
 * @throws {Failure} when a suite is red without a mutant, or cannot be run
 */
export async function findLevels(
  workspace: Workspace,
  wanted: string,
  minutes: number,
  progress: Progress,
): Promise<Findings> {
  const begin = performance.now();
  const subject = readSubject(workspace, wanted);
  const { switches, texts, mutants: ofCode } = await instrument(subject.code);
  const mutants = shuffled([
    ...ofCode,
    ...subject.code.flatMap(queryMutants),
    ...subject.code.flatMap(boundMutants),
    ...subject.migrations.flatMap(migrationMutants),
    ...subject.stubs.flatMap(stubMutants),
  ]);
  const originals = new Map(
    [subject.code, subject.migrations, subject.stubs].flat().map(({ path, text }) => [path, text]),
  );
  const textOf = (path: string) => originals.get(path) ?? '';
  const copies = Array.from({ length: Math.max(1, availableParallelism()) }, () =>
    copyWorkspace(workspace.root, packagesOf(workspace), scratchFolder(workspace.root)),
  );
  const processesOf = (level: Level) =>
    copies.map(({ root: copy }) => new SuiteProcess({ root: workspace.root, copy, folder: subject.folder, level }));
  const processes = { unit: processesOf('unit'), integration: processesOf('integration') };
  try {
    const instrumented = [...texts].map(([path, text]) => ({ path, text }));
    const looks: Partial<Record<Level, Look>> = {};
    const verdicts: Record<Level, Map<Mutant, Verdict>> = { unit: new Map(), integration: new Map() };
    for (const level of levelsOf(subject)) {
      const [first] = processes[level];
      const look = await progress.during(`Running the ${level} tests of ${subject.folder} as they are`, () =>
        // biome-ignore lint/style/noNonNullAssertion: there is at least one copy.
        first!.look(instrumented),
      );
      refuseRed(subject, level, look);
      looks[level] = look;
    }
    const start = performance.now();
    const end = start + minutes * 60_000;
    const ask = async (level: Level, some: readonly Mutant[], deadline: number) => {
      const look = looks[level];
      if (look === undefined) {
        for (const mutant of some) {
          verdicts[level].set(mutant, { outcome: 'not reached' });
        }
        return;
      }
      let [done, caught] = [0, 0];
      const tell = setInterval(() => {
        const left = Math.max(0, Math.ceil((end - performance.now()) / 60_000));
        progress.step(`${level}: ${done} of ${some.length} mutants tried, ${caught} caught; ${left} min left at most`);
      }, TELL_MS);
      await tryMutants({
        mutants: some,
        textOf,
        reach: reachIn(look, switches),
        processes: processes[level],
        deadline,
        patienceMs: PATIENCE_MS[level],
        onVerdict: (mutant, verdict) => {
          done += 1;
          caught += verdict.outcome === 'caught' ? 1 : 0;
          verdicts[level].set(mutant, verdict);
        },
      }).finally(() => clearInterval(tell));
    };
    await ask(
      'unit',
      mutants.filter(({ kind }) => kind !== 'migration' && kind !== 'stub'),
      start + UNIT_SHARE * (end - start),
    );
    for (const mutant of mutants.filter(({ kind }) => kind === 'migration' || kind === 'stub')) {
      verdicts.unit.set(mutant, { outcome: 'not reached' });
    }
    const known = mutants.filter((mutant) => verdicts.unit.has(mutant));
    const isCaught = (mutant: Mutant) => verdicts.unit.get(mutant)?.outcome === 'caught';
    await ask(
      'integration',
      known.filter((mutant) => !isCaught(mutant)),
      end,
    );
    await ask('integration', known.filter(isCaught), end);
    const all: readonly Tried[] = mutants.map((mutant) => ({
      mutant,
      unit: verdicts.unit.get(mutant),
      integration: verdicts.integration.get(mutant),
    }));
    return { packageName: wanted, all, looks, seconds: (performance.now() - begin) / 1000, textOf };
  } finally {
    await Promise.all([...processes.unit, ...processes.integration].map((suite) => suite.end()));
    for (const copy of copies) {
      copy.remove();
    }
  }
}

/** All packages of the workspace: those that the package imports must lie in its copy too. */
function packagesOf({ root, projects }: Workspace): readonly CopiedPackage[] {
  return [...new Set(projects.values())]
    .filter((folder) => folder !== '.')
    .map((folder) => {
      const { name } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as { name?: string };
      return { folder, name };
    });
}

function levelsOf({ hasUnit, hasIntegration }: Subject): readonly Level[] {
  return [...(hasUnit ? (['unit'] as const) : []), ...(hasIntegration ? (['integration'] as const) : [])];
}

function refuseRed({ folder }: Subject, level: Level, { failures, tests }: Look): void {
  if (failures.length > 0) {
    throw new Failure(
      EXIT.failed,
      `The ${level} tests of ${folder} are red before anything was changed:\n${failures.map((line) => `  ${line}`).join('\n')}`,
      'Make them green, then run this again.',
    );
  }
  if (tests.length === 0) {
    throw new Failure(EXIT.failed, `No ${level} test of ${folder} was run`, `Look at what npx nx ${level} says.`);
  }
}

/**
 * In an order that follows from what they are, so that the first of them are a fair sample, and the same each time. Texts
 * come last: they are many, and cost little.
 */
function shuffled(mutants: readonly Mutant[]): readonly Mutant[] {
  const isText = ({ mutant }: { readonly mutant: Mutant }) => Number(mutant.kind === 'text');
  const keyOf = ({ path, start, end, replacement }: Mutant) => `${path}\0${start}\0${end}\0${replacement}`;
  const unique = new Map(mutants.map((mutant) => [keyOf(mutant), mutant]));
  return [...unique]
    .map(([key, mutant]) => ({ mutant, rank: createHash('sha256').update(key).digest('hex') }))
    .toSorted((left, right) => isText(left) - isText(right) || (left.rank < right.rank ? -1 : 1))
    .map(({ mutant }) => mutant);
}
