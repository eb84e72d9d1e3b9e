import type { SerialOutcome } from './anomaly.ts';
import type { Entry } from './entry.ts';
import { lastAttempt } from './statements.ts';
import type { Step } from './step.ts';

/** The pieces that a statement saw, by comparison with its answers in serial orders. */
export interface View {
  readonly entry: Entry;
  /** The pieces that have run before, in order, where it answers the same in a serial order; none when it never does. */
  readonly before: readonly (readonly number[])[];
  /** How many rows it has, in each serial order in which it is sent. */
  readonly known: readonly { readonly rows: number }[];
}

/** Views of the statements of a piece that the others have an effect on. */
export function viewsOf(piece: number, entries: readonly Entry[], serial: readonly SerialOutcome[]): View[] {
  const known = serial
    .filter(({ order }) => order.includes(piece))
    .map(({ order, entries: all }) => ({
      before: order.slice(0, order.indexOf(piece)),
      steps: byQuestion(lastAttempt(all, piece)),
    }));
  return [...byQuestion(lastAttempt(entries, piece))].flatMap(([question, entry]) => {
    const same = known.flatMap(({ before, steps }) => {
      const step = steps.get(question)?.step;
      return step === undefined ? [] : [{ before, rows: step.rows, mark: markOf(step) }];
    });
    if (same.every(({ mark }) => mark === markOf(entry.step))) {
      return [];
    }
    const before = same.filter(({ mark }) => mark === markOf(entry.step)).map((one) => one.before);
    return [{ entry, before, known: same }];
  });
}

export function isSameQuestion(a: Entry, b: Entry): boolean {
  return questionOf(a.step) === questionOf(b.step);
}

/** Whether some serial order has all that the statements saw. */
export function agree(views: readonly View[]): boolean {
  const [first, ...others] = views;
  return first === undefined || first.before.some((pieces) => others.every((view) => fitsAfter(view, pieces)));
}

/** Whether it answers what it does when these pieces have run before, in this order. */
export function fitsAfter({ before }: View, pieces: readonly number[]): boolean {
  return before.some((known) => known.join() === pieces.join());
}

/** The same statement with the same values may be sent several times. */
function byQuestion(entries: readonly Entry[]): Map<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) {
    let count = 0;
    while (found.has(`${count} ${questionOf(entry.step)}`)) {
      count++;
    }
    found.set(`${count} ${questionOf(entry.step)}`, entry);
  }
  return found;
}

function questionOf({ sql, parameters }: Step): string {
  return JSON.stringify([sql, parameters]);
}

function markOf({ rows, digest, error }: Step): string {
  return error ? error.code : `${rows} ${digest}`;
}
