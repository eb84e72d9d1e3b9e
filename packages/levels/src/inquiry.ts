import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { managerOf, type Progress, type Workspace } from '@splitlevel/generators/engine';
import type { Desk } from './desk.ts';
import { type Ground, type KnownVerdicts, keysOn } from './known-verdicts.ts';
import type { Switch } from './mutants/code.ts';
import type { Mutant } from './mutants/mutant.ts';
import { reachIn } from './reach-of.ts';
import type { Subject } from './read-subject.ts';
import type { Level, Look } from './trial/messages.ts';
import { tryMutants, type Verdict } from './try-mutants.ts';

/** How long tests may take longer than usual before they hang. */
const PATIENCE_MS: Readonly<Record<Level, number>> = { unit: 5000, integration: 8000 };
const TELL_MS = 15_000;

/** What suites are asked with. */
interface Means {
  readonly workspace: Workspace;
  readonly subject: Subject;
  readonly looks: Readonly<Partial<Record<Level, Look>>>;
  readonly switches: readonly Switch[];
  readonly textOf: (path: string) => string;
  readonly known: KnownVerdicts;
  readonly desk: Desk;
  /** A time of `performance.now()`, which progress counts down to. */
  readonly end: number;
  readonly progress: Progress;
}

/** Asks suites of mutants, and keeps what they say. */
export class Inquiry {
  readonly verdicts: Readonly<Record<Level, Map<Mutant, Verdict>>> = { unit: new Map(), integration: new Map() };
  /** How many verdicts are of earlier runs. */
  remembered = 0;
  readonly #means: Means;

  constructor(means: Means) {
    this.#means = means;
  }

  /**
   * Asks a suite of mutants, but for those whose verdicts are known.
   * @param deadline a time of `performance.now()` after which none is tried
   */
  async ask(level: Level, mutants: readonly Mutant[], deadline: number): Promise<void> {
    const { workspace, subject, looks, switches, textOf, known, desk } = this.#means;
    const verdicts = this.verdicts[level];
    const look = looks[level];
    if (look === undefined) {
      for (const mutant of mutants) {
        verdicts.set(mutant, { outcome: 'not reached' });
      }
      return;
    }
    const reach = reachIn(look, switches);
    const keyOf = keysOn(groundOf(workspace, subject, level, look));
    const keyFor = (mutant: Mutant) => keyOf(mutant, reach(mutant).tests);
    const tests = new Map(look.tests.map((test) => [test.id, test]));
    for (const mutant of mutants) {
      const verdict = known.get(keyFor(mutant), tests);
      if (verdict !== undefined) {
        this.remembered += 1;
        verdicts.set(mutant, verdict);
      }
    }
    const left = mutants.filter((mutant) => !verdicts.has(mutant));
    const tally = { done: 0, caught: 0 };
    const tell = setInterval(() => this.#tell(level, left.length, tally), TELL_MS);
    const onVerdict = (mutant: Mutant, verdict: Verdict) => {
      tally.done += 1;
      tally.caught += verdict.outcome === 'caught' ? 1 : 0;
      verdicts.set(mutant, verdict);
      known.set(keyFor(mutant), verdict);
    };
    const processes = desk.processes[level];
    const patienceMs = PATIENCE_MS[level];
    await tryMutants({ mutants: left, textOf, reach, processes, deadline, patienceMs, onVerdict }).finally(() =>
      clearInterval(tell),
    );
  }

  #tell(level: Level, all: number, { done, caught }: { readonly done: number; readonly caught: number }): void {
    const minutes = Math.max(0, Math.ceil((this.#means.end - performance.now()) / 60_000));
    this.#means.progress.step(
      `${level}: ${done} of ${all} mutants tried, ${caught} caught; ${minutes} min left at most`,
    );
    // A run that is ended before its time has not been for nothing.
    this.#means.known.save(false);
  }
}

function groundOf({ root }: Workspace, subject: Subject, level: Level, look: Look): Ground {
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const texts = new Map<string, string | undefined>();
  const around = level === 'unit' ? [] : [...subject.migrations, ...subject.stubs].map(({ path, text }) => path + text);
  return {
    look,
    textOf: (path) => {
      const text = texts.has(path) ? texts.get(path) : read(join(root, subject.folder, path));
      texts.set(path, text);
      return text;
    },
    shared: [
      process.version,
      ...[managerOf(root).lockfile, 'images.json', 'vitest.config.ts'].map((path) => read(join(root, path)) ?? ''),
      ...around,
    ],
    code: subject.code.map(({ path, text }) => path + text),
  };
}
