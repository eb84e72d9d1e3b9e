import { applied, type Mutant } from './mutants/mutant.ts';
import type { Reach } from './reach-of.ts';
import type { Test } from './trial/messages.ts';
import type { SuiteProcess } from './trial/suite-process.ts';

/** What one suite made of a mutant. */
export type Verdict =
  | { readonly outcome: 'caught'; readonly by: readonly Test[]; readonly isComplete: boolean }
  | { readonly outcome: 'survived' }
  /** No test can notice it. */
  | { readonly outcome: 'not reached' };

/** Mutants that one suite is asked of. */
export interface Trials {
  /** In the order in which they are tried. */
  readonly mutants: readonly Mutant[];
  readonly textOf: (path: string) => string;
  readonly reach: (mutant: Mutant) => Reach;
  readonly processes: readonly Pick<SuiteProcess, 'attempt'>[];
  /** How long tests may take longer than usual, and still not count as hanging. */
  readonly patienceMs: number;
  /** A time of `performance.now()` after which none is begun. */
  readonly deadline: number;
  onVerdict(mutant: Mutant, verdict: Verdict): void;
}

/** How long tests may take with a mutant, by what they took without: then they hang, and have noticed it. */
const PATIENCE_FACTOR = 2;
const LONGEST_MS = 60_000;
/** Of a wide reach, the files that noticed most so far are asked first. */
const FIRST_FILES = 4;

/** Tries mutants, each process one at a time, until all are tried or the time is over. */
export async function tryMutants(trials: Trials): Promise<void> {
  const { processes, deadline, onVerdict } = trials;
  const left = [...trials.mutants];
  const noticed = new Map<string, number>();
  const work = async (suite: Trials['processes'][number]) => {
    for (let mutant = left.shift(); mutant !== undefined && performance.now() < deadline; mutant = left.shift()) {
      const verdict = await tryOne(suite, mutant, trials, noticed);
      onVerdict(mutant, verdict);
    }
  };
  await Promise.all(processes.map(work));
}

async function tryOne(
  suite: Trials['processes'][number],
  mutant: Mutant,
  { reach, textOf, patienceMs }: Trials,
  noticed: Map<string, number>,
): Promise<Verdict> {
  const { tests, isWide } = reach(mutant);
  if (tests.length === 0) {
    return { outcome: 'not reached' };
  }
  const text = { path: mutant.path, text: applied(textOf(mutant.path), mutant) };
  for (const some of isWide ? inTurns(tests, noticed) : [tests]) {
    const usual = some.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const patience = Math.min(LONGEST_MS, patienceMs + PATIENCE_FACTOR * usual);
    const byFile = Object.fromEntries(
      [...Map.groupBy(some, ({ file }) => file)].map(([file, own]) => [file, own.map(({ id }) => id)]),
    );
    const trial = await suite.attempt({ text, tests: byFile, stopAtFirst: isWide }, patience);
    const failed = new Set(trial?.failed);
    const by = some.filter(({ id }) => failed.has(id));
    if (trial === undefined || by.length > 0 || trial.broken !== undefined) {
      for (const file of isWide ? new Set(by.map((test) => test.file)) : []) {
        noticed.set(file, (noticed.get(file) ?? 0) + 1);
      }
      return { outcome: 'caught', by, isComplete: !isWide && by.length > 0 };
    }
  }
  return { outcome: 'survived' };
}

/** The tests of the files that noticed most, then the others. */
function inTurns(tests: readonly Test[], noticed: ReadonlyMap<string, number>): readonly (readonly Test[])[] {
  const files = [...new Set(tests.map(({ file }) => file))].toSorted(
    (left, right) => (noticed.get(right) ?? 0) - (noticed.get(left) ?? 0),
  );
  const first = new Set(files.slice(0, FIRST_FILES));
  const turns = [tests.filter(({ file }) => first.has(file)), tests.filter(({ file }) => !first.has(file))];
  return turns.filter((turn) => turn.length > 0);
}
