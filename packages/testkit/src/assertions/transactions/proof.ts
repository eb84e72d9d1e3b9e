import type { SerialOutcome } from './anomaly.ts';
import { describe, listOf } from './anomaly-error.ts';
import { type Outcome, sameResults, sameRows } from './outcome.ts';
import { isRollback, isWrite, lastAttempt, lastingWrites } from './statements.ts';
import { viewsOf } from './view.ts';

const NOTHING = 'Nothing is proved about transactions';

/** Runs of the pieces one after the other, before any is interleaved. */
interface Serial {
  readonly names: readonly string[];
  readonly serial: readonly SerialOutcome[];
}

/**
 * @throws {Error} when pieces fail, or change nothing, whatever runs before them: to run them side by side would say
 * nothing.
 */
export function expectWork({ names, serial }: Serial): void {
  for (const [piece, name] of names.entries()) {
    const runs = serial.filter(({ order }) => order.includes(piece));
    const results = runs.map(({ outcome }) => outcome.results[piece]);
    if (!results.every((result) => result?.hasFailed || result?.isRefusal)) {
      continue;
    }
    if (runs.every(({ entries }) => rollsBackOnPurpose(entries, piece))) {
      continue;
    }
    throw new Error(
      `${NOTHING}: the ${name} piece fails in every order, also when it runs alone: ${results[0]?.text}\n` +
        'Mend the piece, or what prepare writes, so that it does its work when nothing runs beside it.',
    );
  }
  const start = serial.find(({ order }) => order.length === 0)?.outcome;
  if (start === undefined || serial.some(({ outcome }) => !sameRows(outcome, start))) {
    return;
  }
  const rollBacks = serial.map(({ order, entries }) => order.map((piece) => rollsBackOnPurpose(entries, piece)));
  if (rollBacks.some((each) => each.includes(true) && each.includes(false))) {
    return;
  }
  const writes = serial.some(({ order, entries }) => order.some((piece) => lastingWrites(entries, piece).length > 0));
  if (writes && !isAlwaysTheSame(serial)) {
    return;
  }
  throw new Error(
    writes
      ? `${NOTHING}: the pieces write, and no order of them changes the state, nor what they return.\n` +
          `  state: ${start.rows.join(' ') || 'no rows'}\nLet state read what the pieces write.`
      : `${NOTHING}: no piece changes a row, in any order, so that none can see or lose what another did.\n` +
          `  state: ${start.rows.join(' ') || 'no rows'}\nLet one of the pieces write, and prepare write what they find.`,
  );
}

/**
 * Whether a statement of a piece was answered otherwise than alone because of what ran before it, or both changed the
 * same row of the state.
 */
export function hasMet({ names, serial }: Serial): boolean {
  const alone = (piece: number) => serial.filter(({ order }) => order.length === 1 && order[0] === piece);
  return names.some((_, piece) => {
    const [own] = alone(piece);
    if (own === undefined) {
      return true;
    }
    const others = serial.filter(({ order }) => order.length > 1 && order.includes(piece));
    return others.some(
      ({ order, entries, outcome }) =>
        viewsOf(piece, entries, [own]).length > 0 ||
        lastAttempt(entries, piece).length !== lastAttempt(own.entries, piece).length ||
        outcome.results[piece]?.text !== own.outcome.results[piece]?.text ||
        rollsBackOnPurpose(entries, piece) ||
        order.some((other) => other !== piece && changeSameRow(serial, piece, other)),
    );
  });
}

/** @throws {Error} when there is no interleaving, since each piece is a single statement. */
export function expectOrders(names: readonly string[], interleavings: number): void {
  if (interleavings > 0) {
    return;
  }
  throw new Error(
    `${NOTHING}: ${names.join(' and ')} send one statement each, so that no statement of one can come between those of ` +
      'another, and they ran one after the other only.\nLet at least one piece do all of its work, of two statements or more.',
  );
}

/**
 * @throws {Error} when the interleavings have shown nothing: no piece has met another, or each was refused each time.
 */
export function expectMeeting(names: readonly string[], seen: { hasMet: boolean; hasSucceeded: boolean }): void {
  if (!seen.hasMet) {
    throw new Error(
      `${NOTHING}: ${names.join(' and ')} do not meet. None reads or changes a row that another writes, and none waits for ` +
        'a lock.\nGive them work on the same rows, or on rows that one decides by and another writes.',
    );
  }
  if (!seen.hasSucceeded) {
    throw new Error(
      `${NOTHING}: in every interleaving all pieces were refused, or failed, so that none has done its work.\n` +
        'Let the code try again, a few times, when the server answers 40001 or 40P01.',
    );
  }
}

/** @throws {Error} when a further run of a serial order comes to something else: then no difference says anything. */
export function expectSameAgain(names: readonly string[], known: SerialOutcome, again: Outcome): void {
  if (sameRows(known.outcome, again) && sameResults(known.outcome, again)) {
    return;
  }
  throw new Error(
    `Two runs of the same order differ (${listOf(names, known.order)}), though nothing ran beside them:\n` +
      `${describe(names, known.outcome)}\nand\n${describe(names, again)}\n` +
      'Interleavings can only be compared when that is the same each time: leave random values, counters and times out of ' +
      'the state and out of what the pieces return, give state an ORDER BY, and keep nothing in memory from run to run.',
  );
}

/** A piece that wrote, without an error of the server, and rolled that back itself. */
function rollsBackOnPurpose(entries: SerialOutcome['entries'], piece: number): boolean {
  const own = entries.filter((entry) => entry.piece === piece);
  return (
    own.every(({ step }) => step.error === undefined) &&
    own.some(({ step }) => isWrite(step) && step.rows > 0) &&
    own.some(({ step }) => isRollback(step))
  );
}

function isAlwaysTheSame(serial: readonly SerialOutcome[]): boolean {
  return serial.every(({ outcome }) => serial.every((other) => sameResults(outcome, other.outcome)));
}

function changeSameRow(serial: readonly SerialOutcome[], piece: number, other: number): boolean {
  const rowsOf = (order: readonly number[]) =>
    serial.find((known) => known.order.join() === order.join())?.outcome.rows ?? [];
  const start = rowsOf([]);
  const gone = (by: number) => start.filter((row) => !rowsOf([by]).includes(row));
  const added = (by: number) => rowsOf([by]).filter((row) => !start.includes(row));
  return gone(piece).some((row) => gone(other).includes(row)) || added(piece).some((row) => added(other).includes(row));
}
