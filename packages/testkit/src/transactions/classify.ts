import { type Outcome, sameResults, sameRows } from './outcome.ts';
import type { Entry } from './piece.ts';

export type AnomalyName =
  | 'lost update'
  | 'write skew'
  | 'non-repeatable read'
  | 'dirty read'
  | 'deadlock'
  | 'serialization failure'
  | 'unexpected failure';

export interface Anomaly {
  readonly name: AnomalyName;
  /** What happened, as a sentence. */
  readonly what: string;
  /** The statement that shows it. */
  readonly entry: Entry | undefined;
}

/** What the pieces do when nothing runs beside them: some of them, or all, one after the other. */
export interface SerialOutcome {
  readonly order: readonly number[];
  readonly outcome: Outcome;
}

const WRITE = /\b(?:insert\s+into|update|delete\s+from|merge\s+into)\b(?!\s*(?:of\b|skip\b|nowait\b|;|$))/i;
const ROLLBACK = /^\s*(?:rollback|abort)\b(?!\s+to\b)/i;
const UNDONE: Readonly<Record<string, AnomalyName>> = { '40001': 'serialization failure', '40P01': 'deadlock' };

/** Names what is wrong with an interleaving, or nothing when it came to what some serial order comes to. */
export function classify(
  names: readonly string[],
  outcome: Outcome,
  serial: readonly SerialOutcome[],
  entries: readonly Entry[],
): Anomaly | undefined {
  const full = serial.filter(({ order }) => order.length === names.length);
  if (full.some((known) => sameRows(known.outcome, outcome) && sameResults(outcome, known.outcome))) return undefined;
  const undone = findNotRetried(names, outcome, entries);
  if (undone) return undone;
  const done = (isOut: (piece: number) => boolean | undefined) =>
    serial.filter(({ order }) => names.every((_, piece) => order.includes(piece) !== (isOut(piece) ?? false)));
  const willing = done((piece) => outcome.results[piece]?.isRefusal);
  if (willing.some((known) => sameRows(known.outcome, outcome) && sameResults(outcome, known.outcome)))
    return undefined;
  const failed = outcome.results.findIndex((result) => result?.hasFailed && !result.isRefusal);
  const rightRows = [...full, ...done((piece) => outcome.results[piece]?.hasFailed)].some((known) =>
    sameRows(known.outcome, outcome),
  );
  if (!rightRows) return nameWrites(names, outcome, serial, entries);
  if (
    failed >= 0 &&
    !full.some(({ outcome: { results } }) => results[failed]?.text === outcome.results[failed]?.text)
  ) {
    return {
      name: 'unexpected failure',
      what: `${names[failed]} failed, as it does in no serial order: ${outcome.results[failed]?.text}`,
      entry: entries.findLast(({ piece, step }) => piece === failed && step.error),
    };
  }
  return nameReads(names, outcome, full, entries);
}

/** A transaction that the server undid for another's sake, and that was not run again. */
function findNotRetried(names: readonly string[], outcome: Outcome, entries: readonly Entry[]): Anomaly | undefined {
  for (const [piece, name] of names.entries()) {
    const own = entries.filter((entry) => entry.piece === piece);
    const undone = own.filter(({ step }) => step.error && step.error.code in UNDONE);
    const [entry] = undone;
    if (!entry?.step.error || undone.length > 1) continue;
    const later = own.slice(own.indexOf(entry) + 1).filter(({ step }) => !ROLLBACK.test(step.sql));
    if (later.length > 0) continue;
    const { code } = entry.step.error;
    return {
      name: UNDONE[code] as AnomalyName,
      what: `${name} was undone by the server (${code}), and did not try again: ${outcome.results[piece]?.text}`,
      entry,
    };
  }
  return undefined;
}

/** The state is wrong: two that succeeded changed the same row, or rows that depend on each other. */
function nameWrites(
  names: readonly string[],
  outcome: Outcome,
  serial: readonly SerialOutcome[],
  entries: readonly Entry[],
): Anomaly {
  const entry = entries.findLast(({ step }) => WRITE.test(step.sql) && !step.error);
  const succeeded = names.flatMap((_, piece) => (outcome.results[piece]?.hasFailed ? [] : [piece]));
  const without = serial.find(
    ({ order, outcome: known }) => sameRows(known, outcome) && succeeded.some((piece) => !order.includes(piece)),
  );
  const gone = without && succeeded.find((piece) => !without.order.includes(piece));
  if (gone !== undefined) {
    return { name: 'lost update', what: `all succeeded, and the state is as if ${names[gone]} had never run`, entry };
  }
  const start = serial.find(({ order }) => order.length === 0)?.outcome.rows ?? [];
  const changed = succeeded.map((piece) => {
    const rows = serial.find(({ order }) => order.length === 1 && order[0] === piece)?.outcome.rows ?? [];
    return start.filter((row) => !rows.includes(row));
  });
  const shared = changed.flatMap((rows, index) =>
    rows.filter((row) => changed.slice(index + 1).some((other) => other.includes(row))),
  )[0];
  if (shared !== undefined) {
    return {
      name: 'lost update',
      what: `all succeeded, and changed the same row from what it was before: ${shared}`,
      entry,
    };
  }
  return {
    name: 'write skew',
    what: 'all succeeded and wrote different rows, each by what it had read before the other wrote; no serial order gives that state',
    entry,
  };
}

/** The state is right, and what a piece returned is not. */
function nameReads(
  names: readonly string[],
  outcome: Outcome,
  full: readonly SerialOutcome[],
  entries: readonly Entry[],
): Anomaly {
  const matching = full.filter((known) => sameRows(known.outcome, outcome));
  const reader = names.findIndex((_, piece) =>
    matching.every((known) => known.outcome.results[piece]?.text !== outcome.results[piece]?.text),
  );
  const piece = Math.max(reader, 0);
  const reads = entries.filter((entry) => entry.piece === piece && !WRITE.test(entry.step.sql) && entry.step.answer);
  const again = reads.find(({ step }, index) =>
    reads.slice(0, index).some((earlier) => sameQuestion(earlier, step) && earlier.step.answer !== step.answer),
  );
  const other = entries.find((entry) => entry.piece !== piece && ROLLBACK.test(entry.step.sql));
  const saw = `${names[piece]} returned what no serial order gives: ${outcome.results[piece]?.text}`;
  if (other && !again) {
    return { name: 'dirty read', what: `${saw}; ${names[other.piece]} never committed`, entry: reads.at(-1) };
  }
  const changed = again ? ', for it got two answers to the same statement' : '';
  return { name: 'non-repeatable read', what: saw + changed, entry: again ?? reads.at(-1) };
}

function sameQuestion({ step }: Entry, { sql, parameters }: Entry['step']): boolean {
  return step.sql === sql && step.parameters.join('\0') === parameters.join('\0');
}
