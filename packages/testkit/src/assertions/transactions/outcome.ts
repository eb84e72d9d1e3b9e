import { originals } from '@splitlevel/guards/originals';

/** The outcome of a run of the pieces, in a form that can be compared. */
export interface Outcome {
  /** The rows of the state, as JSON. */
  readonly rows: readonly string[];
  /** One of each piece; undefined for one that did not run. */
  readonly results: readonly (Result | undefined)[];
}

export interface Result {
  /** The value that it returned, as JSON, or the error. */
  readonly text: string;
  /** Whether it says itself that it did not do its work. */
  readonly hasFailed: boolean;
  /** Whether it says that it did nothing and can be tried again. */
  readonly isRefusal: boolean;
  /** Whether the caller said itself that this is a refusal, so that its cause is not a fault. */
  readonly isDeclared: boolean;
}

const CONFLICTS = new Set([409, 412, 503]);
const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d(?::?\d\d)?)?/g;
/** A time as near as this to now was made by the run itself. */
const NOW_MS = 3_600_000;

/** HTTP answers of these statuses promise that nothing was done: 409, 412 and 503. */
function isConflict(result: unknown): boolean {
  return CONFLICTS.has(statusOf(result) ?? 0);
}

function statusOf(result: unknown): number | undefined {
  const status = (result as { status?: unknown } | null | undefined)?.status;
  return typeof status === 'number' ? status : undefined;
}

/**
 * Makes the outcome of a run. Identifiers and times that differ from run to run are named by the order in which they
 * appear.
 * @param pieces those that ran.
 * @param isRefusal what the caller declared; if not given, HTTP answers that promise that nothing was done.
 */
export function outcomeOf(
  rows: readonly unknown[],
  results: readonly PromiseSettledResult<unknown>[],
  pieces: readonly number[],
  isRefusal: (result: unknown) => boolean = isConflict,
): Outcome {
  const steady = stableNames();
  return {
    rows: rows.map((row) => steady(toJson(row))),
    results: results.map((result, piece) => {
      if (!pieces.includes(piece)) {
        return undefined;
      }
      const value: unknown = result.status === 'fulfilled' ? result.value : result.reason;
      const hasFailed = result.status === 'rejected' || (statusOf(value) ?? 0) >= 400;
      const text = result.status === 'fulfilled' ? toJson(value) : describeError(value);
      const refused = isRefusal(value);
      return { text: steady(text), hasFailed, isRefusal: refused, isDeclared: refused && isRefusal !== isConflict };
    }),
  };
}

function describeError(error: unknown): string {
  if (!(error instanceof Error)) {
    return `threw ${toJson(error)}`;
  }
  const { code } = error as { code?: unknown };
  return `threw ${error.name}: ${error.message}${typeof code === 'string' ? ` (${code})` : ''}`;
}

function toJson(value: unknown): string {
  const text = JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part));
  return text ?? 'nothing';
}

function stableNames(): (text: string) => string {
  const names = new Map<string, string>();
  const nameOf = (id: string) => {
    const name = names.get(id) ?? `id ${names.size + 1}`;
    names.set(id, name);
    return name;
  };
  return (text) =>
    text
      .replaceAll(UUID, nameOf)
      .replaceAll(TIME, (time) => (Math.abs(Date.parse(time) - originals.Date.now()) < NOW_MS ? 'now' : time));
}

/** Whether two outcomes have the same state, whatever the pieces returned. */
export function sameRows(a: Outcome, b: Outcome): boolean {
  return a.rows.length === b.rows.length && a.rows.every((row, index) => row === b.rows[index]);
}

/** Whether the pieces returned the same; those that did not run in one of the outcomes are not compared. */
export function sameResults(a: Outcome, b: Outcome): boolean {
  return a.results.every((result, piece) => {
    const other = b.results[piece];
    return result === undefined || other === undefined || result.text === other.text;
  });
}
