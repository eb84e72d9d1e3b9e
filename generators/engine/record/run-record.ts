import type { GeneratedFile } from './base-file.ts';

/** The folder in which a generated folder keeps how it was made. */
export const RECORD_FOLDER = '.splitlevel';

type AnswersByName = Readonly<Record<string, unknown>>;

/** What is said of a run: its file in `.splitlevel/runs/`. */
export interface RunFacts {
  readonly generator: string;
  /** The standard's version. */
  readonly version: string;
  /** The hash of the generators and templates of the time, so that "newer" is exact between two versions. */
  readonly templates: string;
  readonly answers: AnswersByName;
  /** The runs that were there already, without those that came before one of these; empty for the first. */
  readonly after: readonly string[];
  /** It found the package changed, and was added beside what it would have changed too. */
  readonly isBeside?: true;
}

/** A run of a generator on a folder: what made it, or added to it. */
export interface RunRecord extends RunFacts {
  /** Its files' name: `1-service`, `2-stub-rates`. */
  readonly id: string;
  /** The files that it made, edited or removed, exactly as they were generated. */
  readonly files: ReadonlyMap<string, GeneratedFile>;
}

/** The facts of a run that is being planned. */
export interface NewRun extends RunFacts {
  readonly id: string;
  /** The formatted text of its file in `.splitlevel/runs/`. */
  readonly text: string;
}

/** Where the facts of a run are, in its folder. */
export function runFile(id: string): string {
  return `${RECORD_FOLDER}/runs/${id}.json`;
}

/** Where the files of a run are, in its folder. */
export function baseFile(id: string): string {
  return `${RECORD_FOLDER}/base/${id}.txt`;
}

/** Whether a path in a generated folder belongs to its record. */
export function isOfRecord(path: string): boolean {
  return path.startsWith(`${RECORD_FOLDER}/`);
}

/** Whether a path of the workspace belongs to the record of any folder. */
export function isInRecord(path: string): boolean {
  return path.split('/').includes(RECORD_FOLDER);
}

/** The name of what a run made or added: the answer that tells one from another. */
export function nameOfRun({ answers }: Pick<RunFacts, 'answers'>): string {
  return String(answers.name ?? answers.kind ?? '');
}

/** Whether a path in a generated folder is that of the files of a run. */
export function isBaseFile(path: string): boolean {
  return path.startsWith(`${RECORD_FOLDER}/base/`);
}

/**
 * The name of a run that comes after others. Two branches that each add to a package choose the same number and, by the
 * addition's own name, different names, so that git merges the two records.
 * @param by what tells an addition of this generator from another; undefined for the run that made the folder.
 */
export function newRunId(runs: readonly RunRecord[], generator: string, by: unknown): string {
  const number = Math.max(0, ...runs.map(({ id }) => numberOf(id))) + 1;
  const suffix = by === undefined ? '' : `-${String(by).replaceAll(/[^\w.-]/g, '-')}`;
  return `${number}-${generator}${suffix}`;
}

/** The runs that no other one comes after. */
export function lastOf(runs: readonly RunRecord[]): readonly string[] {
  const followed = new Set(runs.flatMap(({ after }) => after));
  return runs.map(({ id }) => id).filter((id) => !followed.has(id));
}

/** The text of a run's file, yet to be formatted. Answers that do not apply are left out. */
export function printRun({ generator, version, templates, answers, after, isBeside }: RunFacts): string {
  const sorted = Object.fromEntries(Object.entries(answers).toSorted(([left], [right]) => (left < right ? -1 : 1)));
  return `${JSON.stringify({ generator, version, templates, answers: sorted, after, isBeside }, undefined, 2)}\n`;
}

/** Reads a run's file; undefined when the text is none. */
export function parseRun(text: string): RunFacts | undefined {
  try {
    const run = JSON.parse(text) as Partial<RunFacts>;
    return isRun(run) ? run : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Runs in the order in which they were made: each comes after those that it names. Of two branches' runs the one with the
 * lower number comes first, or else the one with the lesser name.
 */
export function inOrder(runs: readonly RunRecord[]): readonly RunRecord[] {
  const left = [...runs].toSorted(
    (one, other) => numberOf(one.id) - numberOf(other.id) || (one.id < other.id ? -1 : 1),
  );
  const known = new Set(left.map(({ id }) => id));
  const placed = new Set<string>();
  const ordered: RunRecord[] = [];
  while (left.length > 0) {
    const next = left.findIndex(({ after }) => after.every((id) => placed.has(id) || !known.has(id)));
    const [run] = left.splice(Math.max(next, 0), 1) as [RunRecord];
    placed.add(run.id);
    ordered.push(run);
  }
  return ordered;
}

function numberOf(id: string): number {
  return Number.parseInt(id, 10) || 0;
}

function isRun(run: Partial<RunFacts> | null): run is RunFacts {
  const { generator, version, templates, answers, after } = run ?? {};
  const isNamed = [generator, version, templates].every((each) => typeof each === 'string');
  return isNamed && isObject(answers) && Array.isArray(after) && after.every((id) => typeof id === 'string');
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
