import { EXIT, type Failure } from '../failure.ts';
import type { Conflict } from '../generator.ts';
import { type Fate, isChange, type Planned } from '../plan/planned.ts';
import { flagOf } from './flags.ts';
import { visible, visibleInJson } from './visible.ts';

/** The outcome of a run, or of a dry run. */
export interface Outcome {
  readonly generator: string;
  readonly folder: string;
  readonly result: 'written' | 'unchanged' | 'dry-run';
  readonly files: readonly Planned[];
  /** Unified diff of a dry run. */
  readonly diff?: string | undefined;
  readonly installed: boolean;
  readonly notes: readonly string[];
  /** The failure of the installation, or work that is left to the person. */
  readonly problem?: string | undefined;
  /** The way to solve the problem. */
  readonly remedy?: string | undefined;
  readonly conflicts?: readonly Conflict[] | undefined;
  readonly nextSteps: readonly string[];
}

/** The exit code of a run that came to an outcome. */
export function exitCodeOf({ problem, conflicts }: Outcome): number {
  if (problem === undefined) {
    return EXIT.done;
  }
  return conflicts === undefined ? EXIT.incomplete : EXIT.unresolved;
}

/** An outcome as one JSON object. */
export function outcomeAsJson(outcome: Outcome): string {
  const { generator, folder, result, files, notes, diff, installed, problem, remedy, conflicts, nextSteps } = outcome;
  return visibleInJson({
    ok: problem === undefined,
    exitCode: exitCodeOf(outcome),
    generator,
    folder,
    result,
    files: files.map(({ path, fate, from }) => ({ path, fate, from })),
    notes: notes.length === 0 ? undefined : notes,
    diff,
    installed,
    error: problem,
    remedy: problem === undefined ? undefined : remedy,
    conflicts,
    nextSteps,
  });
}

/** A failure as one JSON object. */
export function failureAsJson({ exitCode, message, remedy: what }: Failure): string {
  return visibleInJson({ ok: false, exitCode, error: message, remedy: what });
}

/** The sentences that end the report of a run, where they are not the usual ones. */
interface Conclusions {
  /** On a run that wrote. */
  readonly conclusion?: string | undefined;
  /** On one that changed nothing: what is as it should be. */
  readonly unchanged?: string | undefined;
}

/** The fates of the files, for a person. */
export function filesAsText(
  folder: string,
  files: readonly Planned[],
  { conclusion = `Wrote ${folder}.`, unchanged = `${folder} is what these answers make` }: Conclusions = {},
): string {
  const written = files.filter(isChange);
  const kept = files.filter(({ fate }) => fate === 'kept');
  return [
    ...written.map(fateAsText),
    ...kept.map(
      ({ path, before }) => `  kept  ${path} (${before === undefined ? 'deleted or replaced' : 'edited'} since)`,
    ),
    written.length > 0 ? conclusion : `Unchanged: ${unchanged}. Nothing was written.`,
  ].join('\n');
}

/** The summary to decide on before anything is written: the answers, and how many files of each fate. */
export function summaryOf(
  folder: string,
  answers: Readonly<Record<string, unknown>>,
  files: readonly Planned[],
): string {
  const changes = files.filter(isChange);
  const fates = Map.groupBy(changes, ({ fate }) => fate);
  const counts = [...fates].map(([fate, { length }]) => `${length} ${FATES[fate] ?? fate}`);
  const shown = Object.entries(answers).filter(([, answer]) => answer !== undefined);
  return visible(
    [
      '',
      ...shown.map(
        ([name, answer]) => `  ${flagOf(name)}: ${Array.isArray(answer) ? answer.join(', ') || 'none' : answer}`,
      ),
      // A few can be read; of many, the edited ones are those that one has to know.
      ...changes.filter(({ fate }) => changes.length <= FEW || fate !== 'create').map(fateAsText),
      `${folder}: ${changes.length} ${changes.length === 1 ? 'file' : 'files'} (${counts.join(', ')})`,
    ].join('\n'),
  );
}

const FEW = 8;
const FATES: Partial<Record<Fate, string>> = { create: 'new', edit: 'edited', move: 'moved', remove: 'removed' };

function fateAsText({ path, fate, from }: Planned): string {
  return `  ${fate}  ${from === undefined ? '' : `${from} → `}${path}`;
}

/** The next steps, for a person. */
export function nextStepsAsText(steps: readonly string[]): string {
  return visible(steps.length === 0 ? '' : `\nNext:\n${steps.map((step) => `  ${step}\n`).join('')}`);
}

/** The text on a step after writing that failed, or on work that is left. */
export function problemAsText(outcome: Outcome): string {
  const start = outcome.result === 'written' ? 'The files are written, but ' : '';
  const conflicts = (outcome.conflicts ?? []).map(({ path, explanation }) => `  ${path}: ${explanation}`);
  return visible(
    [`${start}${outcome.problem}`, ...conflicts, ...(outcome.remedy === undefined ? [] : [outcome.remedy])].join('\n'),
  );
}

/** A failure for a person: what is wrong, and what to try. */
export function failureAsText({ message, remedy: what }: Failure): string {
  return visible(what === undefined ? message : `${message}\n${what}`);
}
