import type { Anomaly, AnomalyName, SerialOutcome } from './anomaly.ts';
import type { Entry } from './entry.ts';
import { nameAnomaly } from './name-anomaly.ts';
import { type Outcome, sameResults, sameRows } from './outcome.ts';
import { isRollback } from './statements.ts';

const UNDONE: Readonly<Record<string, AnomalyName>> = { '40001': 'serialization failure', '40P01': 'deadlock' };

/** Names what is wrong with an interleaving, or nothing when it came to what some serial order comes to. */
export function classify(
  names: readonly string[],
  outcome: Outcome,
  serial: readonly SerialOutcome[],
  entries: readonly Entry[],
): Anomaly | undefined {
  const full = serial.filter(({ order }) => order.length === names.length);
  if (full.some((known) => sameRows(known.outcome, outcome) && sameResults(outcome, known.outcome))) {
    return undefined;
  }
  const undone = findNotRetried(names, outcome, entries);
  if (undone) {
    return undone;
  }
  const done = (isOut: (piece: number) => boolean | undefined) =>
    serial.filter(({ order }) => names.every((_, piece) => order.includes(piece) !== (isOut(piece) ?? false)));
  const willing = done((piece) => outcome.results[piece]?.isRefusal);
  if (willing.some((known) => sameRows(known.outcome, outcome) && sameResults(outcome, known.outcome))) {
    return undefined;
  }
  const failed = outcome.results.findIndex((result) => result?.hasFailed && !result.isRefusal);
  const rightRows = [...full, ...done((piece) => outcome.results[piece]?.hasFailed)].some((known) =>
    sameRows(known.outcome, outcome),
  );
  if (
    rightRows &&
    failed >= 0 &&
    !full.some(({ outcome: { results } }) => results[failed]?.text === outcome.results[failed]?.text)
  ) {
    return {
      name: 'unexpected failure',
      what: `${names[failed]} failed, as it does in no serial order: ${outcome.results[failed]?.text}`,
      entry: entries.findLast(({ piece, step }) => piece === failed && step.error),
    };
  }
  return nameAnomaly({ names, outcome, serial, entries });
}

/** A transaction that the server undid for another's sake, and that was not run again. */
function findNotRetried(names: readonly string[], outcome: Outcome, entries: readonly Entry[]): Anomaly | undefined {
  for (const [piece, name] of names.entries()) {
    if (outcome.results[piece]?.isDeclared) {
      continue;
    }
    const own = entries.filter((entry) => entry.piece === piece);
    const undone = own.filter(({ step }) => step.error && step.error.code in UNDONE);
    const [entry] = undone;
    if (!entry?.step.error || undone.length > 1) {
      continue;
    }
    const later = own.slice(own.indexOf(entry) + 1).filter(({ step }) => !isRollback(step));
    if (later.length > 0) {
      continue;
    }
    const { code } = entry.step.error;
    return {
      name: UNDONE[code] as AnomalyName,
      what: `${name} was undone by the server (${code}), and did not try again: ${outcome.results[piece]?.text}`,
      entry,
    };
  }
  return undefined;
}
