import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { busySessions, describeSession } from '../../kinds/postgres/sessions/sessions.ts';
import type { SerialOutcome } from './anomaly.ts';
import { AnomalyError } from './anomaly-error.ts';
import { classify } from './classify.ts';
import { castOf, type MakePiece } from './interleave.ts';
import { interleavings, serialOrders } from './orders.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { expectMeeting, expectOrders, expectSameAgain, expectWork, hasMet } from './proof.ts';
import type { Run } from './scheduler.ts';
import type { IsolationLevel } from './statement-gate.ts';
import { hasNoEffect } from './step.ts';

/**
 * As many interleavings are tried: of two pieces with four statements each all with up to three changes from one to the
 * other, and some more. Code that is right often waits before it tries again, so that each may take a tenth of a
 * second.
 */
const MOST = 30;

export interface SerializableOptions<Prepared> {
  /** Two to four pieces of code. */
  readonly pieces: readonly MakePiece<Prepared>[];
  /** Writes the rows that each interleaving starts with, and resolves with what pieces have to know of them. */
  readonly prepare: () => Promise<Prepared>;
  /** The query whose rows are compared; with an ORDER BY. */
  readonly state: string;
  /** The isolation level of transactions that ask for none. Default: the database's own. */
  readonly isolation?: IsolationLevel;
  /**
   * Whether an answer or error says that nothing was done and the caller may try again, whatever the cause. If not
   * given, HTTP answers with status 409, 412 and 503 say so, unless the server undid a transaction that was not tried
   * again.
   */
  readonly isRefusal?: (result: unknown) => boolean;
}

/**
 * Expects of pieces of code that, side by side, they come to what they come to one after the other, in some order: the
 * same state, and the same answers. Their statements are interleaved in all ways, up to a bound, those with the fewest
 * changes from one to the other first. Before each the database is set back and prepared anew: what the test wrote
 * itself is gone.
 * @returns how many interleavings were tried.
 * @throws {AnomalyError} that names what went wrong: lost update, write skew, read skew, phantom, deadlock and so on;
 * another error when nothing is proved: pieces that fail or change nothing in every order, have one statement each,
 * never meet, or differ from run to run.
 */
export async function expectSerializable<Prepared>(
  database: PostgresDatabase,
  { pieces, prepare, state, isolation, isRefusal }: SerializableOptions<Prepared>,
): Promise<{ interleavings: number }> {
  const { names, scheduler } = await castOf(database, pieces, isolation);
  const inspector = await accessOf(database).inspector();

  const play = async (
    how: 'run' | 'runSerially',
    order: readonly number[],
  ): Promise<{ run: Run; outcome: Outcome }> => {
    await setBack(database);
    const run = await scheduler[how](order, await prepare());
    return { run, outcome: outcomeOf(await inspector.query(state), run.results, [...new Set(order)], isRefusal) };
  };

  const serial: SerialOutcome[] = [];
  const steps: number[] = names.map(() => 0);
  for (const order of serialOrders([...names.keys()])) {
    const { run, outcome } = await play('runSerially', order);
    serial.push({ order, outcome, entries: run.entries });
    for (const piece of order) {
      const own = run.entries.filter((entry) => entry.piece === piece && !hasNoEffect(entry.step));
      steps[piece] = Math.max(steps[piece] ?? 0, own.length);
    }
  }
  const silent = steps.indexOf(0);
  if (silent >= 0) {
    throw new Error(
      `expectSerializable: the ${names[silent]} piece sent no statement through the URL that it was given. Connect it by that URL.`,
    );
  }

  expectWork({ names, serial });

  let tried = 0;
  const seen = { hasMet: hasMet({ names, serial }), hasSucceeded: false };
  for (const order of interleavings(steps)) {
    if (tried === MOST) {
      break;
    }
    tried++;
    const { run, outcome } = await play('run', order);
    seen.hasMet ||= run.hasWaited || run.entries.some(({ step }) => step.error !== undefined);
    seen.hasSucceeded ||= outcome.results.some((result) => !result?.hasFailed && !result?.isRefusal);
    const anomaly = classify(names, outcome, serial, run.entries);
    if (!anomaly) {
      continue;
    }
    for (const known of serial) {
      expectSameAgain(names, known, (await play('runSerially', known.order)).outcome);
    }
    throw new AnomalyError(anomaly, names, run.entries, outcome, serial);
  }
  await setBack(database);
  expectOrders(names, tried);
  expectMeeting(names, seen);
  return { interleavings: tried };
}

/** @throws {Error} when a piece left a transaction open, or the database cannot be set back. */
async function setBack(database: PostgresDatabase): Promise<void> {
  const { name, inspector, reset } = accessOf(database);
  const answer = await reset();
  if (answer === null) {
    return;
  }
  if (answer.busy) {
    const sessions = await busySessions(await inspector(), name);
    throw new Error(
      `The pieces have ended and left the database in use:\n- ${sessions.map(describeSession).join('\n- ')}\n` +
        'End every transaction, also when an error is thrown, before the piece resolves.',
    );
  }
  const reason = answer.replace ?? `these were not recorded: ${answer.differences?.join(', ')}`;
  throw new Error(`Interleavings need a database that can be set back between them, and this one cannot: ${reason}.`);
}
