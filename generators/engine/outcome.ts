import { EXIT, type Failure } from './failure.ts';
import { INSTALL_COMMAND } from './install.ts';
import type { Planned } from './plan.ts';

/** What a run did, or would do. */
export interface Outcome {
  readonly generator: string;
  readonly folder: string;
  readonly result: 'written' | 'unchanged' | 'dry-run';
  readonly files: readonly Planned[];
  /** Unified diff of a dry run. */
  readonly diff?: string | undefined;
  readonly installed: boolean;
  /** What went wrong in the installation. */
  readonly problem?: string | undefined;
  readonly nextSteps: readonly string[];
}

/** The exit code of a run that came to an outcome. */
export function exitCodeOf({ problem }: Outcome): number {
  return problem === undefined ? EXIT.done : EXIT.incomplete;
}

/** An outcome as one JSON object. */
export function outcomeAsJson(outcome: Outcome): string {
  const { generator, folder, result, files, diff, installed, problem, nextSteps } = outcome;
  return JSON.stringify({
    ok: problem === undefined,
    exitCode: exitCodeOf(outcome),
    generator,
    folder,
    result,
    files: files.map(({ path, fate }) => ({ path, fate })),
    diff,
    installed,
    error: problem,
    remedy: problem === undefined ? undefined : remedy(),
    nextSteps,
  });
}

/** A failure as one JSON object. */
export function failureAsJson({ exitCode, message, remedy: what }: Failure): string {
  return JSON.stringify({ ok: false, exitCode, error: message, remedy: what });
}

/** An outcome for a person. */
export function outcomeAsText(outcome: Outcome): string {
  const { folder, result, files, diff, nextSteps, problem } = outcome;
  if (result === 'dry-run') {
    return diff ?? '';
  }
  if (result === 'unchanged') {
    return [`${folder} is as it was generated from these answers. Nothing was written.`, ...keptLines(files)].join(
      '\n',
    );
  }
  const written = files.filter(({ fate }) => fate === 'create' || fate === 'edit');
  const lines = [...written.map(({ path, fate }) => `  ${fate}  ${path}`), ...keptLines(files)];
  return problem === undefined
    ? [...lines, '', 'Next:', ...nextSteps.map((step) => `  ${step}`)].join('\n')
    : lines.join('\n');
}

/** What a person is told when the installation failed. */
export function problemAsText(problem: string): string {
  return `The files are written, but ${problem}\n${remedy()}`;
}

/** A failure for a person: what is wrong, and what to try. */
export function failureAsText({ message, remedy: what }: Failure): string {
  return what === undefined ? message : `${message}\n${what}`;
}

function keptLines(files: readonly Planned[]): readonly string[] {
  return files
    .filter(({ fate }) => fate === 'kept')
    .map(({ path, before }) => `  kept  ${path} (${before === undefined ? 'deleted' : 'edited'} since)`);
}

function remedy(): string {
  return `Run ${INSTALL_COMMAND} by hand; the generator need not be run again.`;
}
