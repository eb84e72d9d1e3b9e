import { accessOf } from '../../kinds/postgres/assertion-access.ts';
import type { PostgresDatabase } from '../../kinds/postgres/postgres-database.ts';
import { Piece } from './piece.ts';
import { Scheduler } from './scheduler.ts';
import { Gate, type IsolationLevel, listen } from './statement-gate.ts';
import { timeline } from './timeline.ts';

/**
 * A piece of code, made ready to run: it connects to the database by the URL that it is given, which belongs to it
 * alone, and answers with the function to run. A service is started here, once.
 */
export type MakePiece<Prepared = void> = (url: string) => Runnable<Prepared> | Promise<Runnable<Prepared>>;

type Runnable<Prepared> = (prepared: Prepared) => unknown;

export type PieceName = 'first' | 'second' | 'third' | 'fourth';
const NAMES: readonly PieceName[] = ['first', 'second', 'third', 'fourth'];

/** Pieces, each behind a gate of its own, and who runs them. */
export interface Cast<Prepared> {
  readonly names: readonly PieceName[];
  readonly scheduler: Scheduler<Prepared>;
}

/** @throws {Error} when there are fewer than two pieces, or more than four. */
export async function castOf<Prepared>(
  database: PostgresDatabase,
  make: readonly MakePiece<Prepared>[],
  isolation: IsolationLevel | undefined,
): Promise<Cast<Prepared>> {
  if (make.length < 2 || make.length > NAMES.length) {
    throw new RangeError(`${make.length} pieces cannot be interleaved: give two to four.`);
  }
  let notice = () => {};
  const pieces = await Promise.all(
    make.map(async (makePiece, index) => {
      const gate = new Gate(() => notice());
      const work = await makePiece(await listen(gate, database, isolation));
      return new Piece(NAMES[index] as PieceName, gate, work);
    }),
  );
  const scheduler = new Scheduler(pieces, await accessOf(database).inspector());
  notice = scheduler.notice;
  return { names: NAMES.slice(0, make.length), scheduler };
}

export interface InterleaveOptions {
  /**
   * Whose turn it is, statement by statement. BEGIN, SET and SAVEPOINT are not turns: nothing shows or is seen by them.
   */
  readonly order: readonly PieceName[];
  /** The isolation level of transactions that ask for none. Default: the database's own. */
  readonly isolation?: IsolationLevel;
}

export interface Interleaved {
  /** How each piece ended. */
  readonly results: readonly PromiseSettledResult<unknown>[];
  /** The statements as they were sent, for reports. */
  readonly timeline: string;
}

/**
 * Runs pieces of code once, in a given order of their statements, and without sleeps. A piece that waits for a lock, or
 * has ended, is passed over; what the order leaves is done piece by piece.
 * @throws {Error} when the pieces neither go on nor end.
 */
export async function interleave(
  database: PostgresDatabase,
  pieces: readonly MakePiece[],
  { order, isolation }: InterleaveOptions,
): Promise<Interleaved> {
  const { names, scheduler } = await castOf(database, pieces, isolation);
  const unknown = order.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`interleave: '${unknown}' is not one of ${names.join(', ')}.`);
  }
  const all = names.filter((name) => !order.includes(name));
  const { results, entries } = await scheduler.run(
    [...order, ...all].map((name) => names.indexOf(name)),
    undefined,
  );
  return { results, timeline: timeline(names, entries) };
}
