import type { Anomaly, AnomalyName, SerialOutcome } from './anomaly.ts';
import type { Entry } from './entry.ts';
import { serialOrders } from './orders.ts';
import type { Outcome } from './outcome.ts';
import { sameRows } from './outcome.ts';
import { mayOverwrite, readsRows } from './overwrites.ts';
import { isRollback, isWrite, lastingWrites, writesOf } from './statements.ts';
import { agree, fitsAfter, isSameQuestion, type View, viewsOf } from './view.ts';

/** An interleaving that came to what no serial order comes to, with all that is known of it. */
export interface Finding {
  readonly names: readonly string[];
  readonly outcome: Outcome;
  readonly serial: readonly SerialOutcome[];
  readonly entries: readonly Entry[];
}

/** Names an anomaly by what the statements saw of each other and wrote; one that they do not show is not guessed at. */
export function nameAnomaly(finding: Finding): Anomaly {
  const { names, outcome, serial, entries } = finding;
  const views = names.map((_, piece) => viewsOf(piece, entries, serial));
  const isRightState = serial.some(
    ({ order, outcome: known }) => order.length === names.length && sameRows(known, outcome),
  );
  const known = { ...finding, views };
  const write = findLostUpdate(known, isRightState);
  const read = findPredicate(known) ?? findMixedView(known);
  const first = isRightState ? (read ?? write) : (write ?? read);
  return first ?? findWriteSkew(known) ?? findCycle(known) ?? findShared(known) ?? unknown(known);
}

interface Known extends Finding {
  readonly views: readonly (readonly View[])[];
}

/** Two that wrote the same value of a row, one of which had read it and did not see the other's write. */
function findLostUpdate({ names, outcome, serial, entries, views }: Known, isRightState: boolean): Anomaly | undefined {
  const entry = entries.findLast(({ step }) => isWrite(step) && step.error === undefined && step.rows > 0);
  const writers = writersOf(names, outcome, entries);
  const without = isRightState
    ? undefined
    : serial.find(({ order, outcome: known }) => sameRows(known, outcome) && writers.some((p) => !order.includes(p)));
  const meet = (piece: number, other: number) =>
    mayOverwrite(entries, piece, other) && (readsRows(entries, piece) || readsRows(entries, other));
  const gone = without && writers.find((piece) => !without.order.includes(piece));
  if (gone !== undefined && names.some((_, other) => other !== gone && meet(gone, other))) {
    return { name: 'lost update', what: `all succeeded, and the state is as if ${names[gone]} had never run`, entry };
  }
  for (const [piece, other] of pairs(writers)) {
    const row = sharedRow(serial, piece, other);
    if (row === undefined || !meet(piece, other)) {
      continue;
    }
    if (isRightState && !isUnseen(views[piece], other) && !isUnseen(views[other], piece)) {
      continue;
    }
    return {
      name: 'lost update',
      what: `all succeeded, and changed the same row from what it was before: ${row}`,
      entry,
    };
  }
  return undefined;
}

/** An UPDATE or DELETE that found no row, though in every serial order it finds some. */
function findPredicate({ names, views }: Known): Anomaly | undefined {
  const view = views
    .flat()
    .find(
      ({ entry: { step }, known }) =>
        isWrite(step) && step.error === undefined && step.rows === 0 && known.every(({ rows }) => rows > 0),
    );
  if (view === undefined) {
    return undefined;
  }
  return {
    name: 'phantom',
    what: `${names[view.entry.piece]} found no row to change, and finds one in every serial order: others moved the rows that its condition looks for`,
    entry: view.entry,
  };
}

/** A piece that saw another in one statement, and did not in a further one. */
function findMixedView({ names, entries, views }: Known): Anomaly | undefined {
  for (const [piece, own] of views.entries()) {
    const clear = own.filter(({ before }) => before.length > 0);
    const later = clear.find((view, index) => clear.slice(0, index).some((earlier) => !agree([earlier, view])));
    const earlier = later && clear.find((view) => !agree([view, later]));
    if (!later || !earlier) {
      continue;
    }
    const other = names.findIndex((_, by) => by !== piece && isSeen(later, by) !== isSeen(earlier, by));
    const isSame = isSameQuestion(earlier.entry, later.entry);
    const hasNew = insertsOnly(entries, other, later) || (isSame && later.entry.step.rows > earlier.entry.step.rows);
    const name: AnomalyName = hasNew ? 'phantom' : isSame ? 'non-repeatable read' : 'read skew';
    const what = isSame
      ? `${names[piece]} got two answers to the same statement, for ${names[other] ?? 'another'} wrote in between`
      : `${names[piece]} read some of what ${names[other] ?? 'another'} wrote, and some as it was before`;
    return { name, what, entry: later.entry };
  }
  return undefined;
}

/** Two that wrote, neither of which saw the other. */
function findWriteSkew({ names, outcome, entries, views }: Known): Anomaly | undefined {
  for (const [piece, other] of pairs(writersOf(names, outcome, entries))) {
    const blind = views[piece]?.find((view) => !isSeen(view, other));
    const otherBlind = views[other]?.find((view) => !isSeen(view, piece));
    if (!blind || !otherBlind) {
      continue;
    }
    const byPhantoms = insertsOnly(entries, other, blind) || insertsOnly(entries, piece, otherBlind);
    return {
      name: byPhantoms ? 'phantom write skew' : 'write skew',
      what: `all succeeded, and ${names[piece]} and ${names[other]} each read what the other ${byPhantoms ? 'added rows to' : 'wrote'}, before it did; no serial order gives that`,
      entry: entries.findLast(({ step }) => isWrite(step) && step.error === undefined),
    };
  }
  return undefined;
}

/** More than two, each of which must have run before the next, in a circle. */
function findCycle({ names, entries, views }: Known): Anomaly | undefined {
  const clear = views.map((own) => own.filter(({ before }) => before.length > 0));
  const orders = serialOrders([...names.keys()]).filter(({ length }) => length === names.length);
  const fits = (order: readonly number[]) =>
    clear.every((own, piece) => own.every((view) => fitsAfter(view, order.slice(0, order.indexOf(piece)))));
  if (orders.some(fits)) {
    return undefined;
  }
  return {
    name: 'anti-dependency cycle',
    what: `of ${names.join(', ')} each read what another wrote, before it did or after, so that none can have been the first`,
    entry: entries.findLast(({ step }) => isWrite(step)),
  };
}

/** All that was read in the database fits a serial order, and what came of it does not. */
function findShared({ names, outcome, serial, entries, views }: Known): Anomaly | undefined {
  if (views.flat().some(({ before }) => before.length === 0)) {
    return undefined;
  }
  const full = serial.filter(({ order }) => order.length === names.length);
  const piece = names.findIndex((_, index) =>
    full.every(({ outcome: { results } }) => results[index]?.text !== outcome.results[index]?.text),
  );
  if (piece < 0) {
    return undefined;
  }
  const other = entries.find((entry) => entry.piece !== piece && isRollback(entry.step));
  const dirty = other ? `; ${names[other.piece]} rolled back, so that it may be what never was committed` : '';
  return {
    name: 'shared state',
    what: `${names[piece]} returned what no serial order gives: ${outcome.results[piece]?.text}. What it read in the database fits one: the value came from elsewhere, such as a cache or a variable${dirty}`,
    entry: entries.findLast((entry) => entry.piece === piece),
  };
}

function unknown({ names, outcome, serial, entries }: Known): Anomaly {
  const full = serial.filter(({ order }) => order.length === names.length);
  const piece = names.findIndex((_, index) =>
    full.every(({ outcome: { results } }) => results[index]?.text !== outcome.results[index]?.text),
  );
  const what =
    piece < 0
      ? 'all succeeded, and no serial order gives that state'
      : `${names[piece]} returned what no serial order gives: ${outcome.results[piece]?.text}`;
  const entry = entries.findLast((each) => (piece < 0 || each.piece === piece) && each.step.answer !== '');
  return { name: 'not serializable', what: `${what}; the statements do not show which anomaly it is`, entry };
}

function writersOf(names: readonly string[], outcome: Outcome, entries: readonly Entry[]): number[] {
  return [...names.keys()].filter(
    (piece) => outcome.results[piece]?.hasFailed === false && lastingWrites(entries, piece).length > 0,
  );
}

function pairs(pieces: readonly number[]): [number, number][] {
  return pieces.flatMap((piece, index) => pieces.slice(index + 1).map((other): [number, number] => [piece, other]));
}

function isSeen({ before }: View, piece: number): boolean {
  return before.some((pieces) => pieces.includes(piece));
}

function isUnseen(views: readonly View[] | undefined, piece: number): boolean {
  return views?.some((view) => !isSeen(view, piece)) ?? false;
}

/** A row of the start that both change when they run alone. */
function sharedRow(serial: readonly SerialOutcome[], piece: number, other: number): string | undefined {
  const start = serial.find(({ order }) => order.length === 0)?.outcome.rows ?? [];
  const changedBy = (by: number) => {
    const rows = serial.find(({ order }) => order.length === 1 && order[0] === by)?.outcome.rows ?? start;
    return start.filter((row) => !rows.includes(row));
  };
  return changedBy(piece).find((row) => changedBy(other).includes(row));
}

/** Whether what a piece wrote to the tables that a statement reads are new rows only. */
function insertsOnly(entries: readonly Entry[], by: number, { entry: { step } }: View): boolean {
  const writes = lastingWrites(entries, by).flatMap((entry) => writesOf(entry.step));
  const near = writes.filter(({ table }) => new RegExp(`\\b${table.replaceAll(/\W/g, '\\$&')}\\b`, 'i').test(step.sql));
  const relevant = near.length > 0 ? near : writes;
  return relevant.length > 0 && relevant.every(({ kind }) => kind === 'insert');
}
