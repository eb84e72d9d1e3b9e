import { now, originals } from '@splitlevel/guards/originals';
import type { Connection } from '../../kinds/postgres/connection.ts';
import type { Entry } from './entry.ts';
import type { Piece } from './piece.ts';
import { describeStep, timeline } from './timeline.ts';

// Tests may fake the timers.
const { setTimeout: startTimer, clearTimeout: stopTimer } = originals;

/** How a run of pieces ended. */
export interface Run {
  readonly results: readonly PromiseSettledResult<unknown>[];
  readonly entries: readonly Entry[];
  /** Whether a piece has waited for a lock. */
  readonly hasWaited: boolean;
}

/** Milliseconds after which pieces that do nothing are taken to hang; more than a server takes to notice a deadlock. */
const PATIENCE_MS = 5000;
/** Milliseconds after which a statement without an answer is looked at: it may wait for a lock. */
const GLANCE_MS = 2;

/**
 * Runs pieces in a given order of their statements. Events decide, and the server says who waits for a lock; no clock
 * does.
 */
export class Scheduler<Prepared> {
  readonly #pieces: readonly Piece<Prepared>[];
  readonly #inspector: Connection;
  #changed = Promise.withResolvers<void>();
  #prepared: Prepared | undefined;
  #entries: Entry[] = [];
  #hasWaited = false;

  constructor(pieces: readonly Piece<Prepared>[], inspector: Connection) {
    this.#pieces = pieces;
    this.#inspector = inspector;
  }

  /** To be called when a piece has sent a statement, was answered, or has ended. */
  readonly notice = (): void => {
    this.#changed.resolve();
  };

  /**
   * Runs the pieces, statement by statement.
   * @param order the piece of each step. A piece whose turn it is while it waits for a lock, or when it has ended, is
   * passed over; what is left after the order is done piece by piece.
   * @throws {Error} when pieces neither go on nor end.
   */
  run(order: readonly number[], prepared: Prepared): Promise<Run> {
    return this.#play(prepared, async () => {
      for (const piece of this.#named(order)) {
        if (piece.canGoOn) {
          await this.#advance(piece);
        }
      }
      await this.#finish([...new Set(this.#named(order))]);
    });
  }

  /**
   * Runs some of the pieces, each as a whole, before the next begins.
   * @throws {Error} when a piece neither goes on nor ends.
   */
  runSerially(order: readonly number[], prepared: Prepared): Promise<Run> {
    return this.#play(prepared, async () => {
      for (const piece of this.#named(order)) {
        await this.#finish([piece]);
      }
    });
  }

  #named(order: readonly number[]): Piece<Prepared>[] {
    return order.map((index) => this.#pieces[index] as Piece<Prepared>);
  }

  async #play(prepared: Prepared, work: () => Promise<void>): Promise<Run> {
    this.#prepared = prepared;
    this.#entries = [];
    this.#hasWaited = false;
    for (const [index, piece] of this.#pieces.entries()) {
      piece.reset();
      piece.gate.onRelease = (step) => this.#entries.push({ piece: index, step });
      piece.gate.close();
    }
    try {
      await work();
    } finally {
      for (const { gate } of this.#pieces) {
        gate.open();
      }
    }
    const unstarted = { status: 'fulfilled', value: undefined } as const;
    const results = this.#pieces.map(({ result }) => result ?? unstarted);
    return { results, entries: this.#entries, hasWaited: this.#hasWaited };
  }

  async #finish(pieces: readonly Piece<Prepared>[]): Promise<void> {
    while (!pieces.every(({ isDone }) => isDone)) {
      const next = pieces.find(({ canGoOn, isDone }) => canGoOn && !isDone);
      if (next) {
        await this.#advance(next);
      }
      // All wait for locks: the server ends a deadlock after a while.
      else {
        await this.#quiet(true);
      }
    }
  }

  async #advance(piece: Piece<Prepared>): Promise<void> {
    if (!piece.isStarted) {
      piece.start(this.#prepared as Prepared, this.notice);
      await this.#quiet();
    }
    piece.gate.releaseNext();
    await this.#quiet();
  }

  /** Waits until no piece moves any more. With `change`, something must have happened first. */
  async #quiet(change = false): Promise<void> {
    const deadline = now() + PATIENCE_MS;
    const before = change ? this.#blocked() : undefined;
    const known = new Set(this.#pieces.filter(({ isBlocked }) => isBlocked));
    for (const piece of known) {
      piece.isBlocked = false;
    }
    for (;;) {
      const moving = this.#pieces.filter(({ isMoving }) => isMoving);
      if (moving.length === 0) {
        return;
      }
      if (now() > deadline) {
        throw await this.#hang();
      }
      if (!moving.every((piece) => known.delete(piece))) {
        await this.#event(GLANCE_MS);
      }
      if (!(await this.#look())) {
        continue;
      }
      if (before === undefined || this.#blocked() !== before) {
        return;
      }
      for (const piece of this.#pieces) {
        piece.isBlocked = false;
      }
      await this.#event(GLANCE_MS * 5);
    }
  }

  /** Asks the server who waits for locks. Resolves with whether nobody moves. */
  async #look(): Promise<boolean> {
    const flying = this.#pieces.flatMap(({ gate }) => [...gate.flying]);
    if (flying.length === 0) {
      return false;
    }
    const rows = await this.#inspector.query<{ pid: number }>(
      'SELECT pid FROM unnest($1::int[]) AS pid WHERE pg_blocking_pids(pid) <> $2',
      [flying.map(({ pid }) => pid), []],
    );
    const waiting = new Set(rows.map(({ pid }) => pid));
    // One that ran when the server was asked may have let others go by now.
    if (!flying.every(({ pid, isDone }) => waiting.has(pid) && !isDone)) {
      return false;
    }
    this.#hasWaited = true;
    for (const piece of this.#pieces) {
      piece.isBlocked = piece.gate.flying.size > 0;
    }
    return !this.#pieces.some(({ isMoving }) => isMoving);
  }

  #blocked(): string {
    return this.#pieces.flatMap(({ gate }) => [...gate.flying].map(({ pid, sql }) => `${pid} ${sql}`)).join();
  }

  async #event(most: number): Promise<void> {
    const late = startTimer(this.#changed.resolve, most);
    await this.#changed.promise;
    stopTimer(late);
    this.#changed = Promise.withResolvers();
  }

  async #hang(): Promise<Error> {
    const stuck = this.#pieces.filter(({ isStarted, isDone }) => isStarted && !isDone);
    const lines = await Promise.all(stuck.map(async (piece) => `- ${piece.name} ${await this.#stateOf(piece)}`));
    const names = this.#pieces.map(({ name }) => name);
    return new Error(
      `The interleaving does not go on: for ${PATIENCE_MS / 1000} s nothing has happened.\n${lines.join('\n')}\n\n` +
        `${timeline(names, this.#entries)}`,
    );
  }

  async #stateOf({ gate }: Piece<Prepared>): Promise<string> {
    const [step] = gate.flying;
    const [held] = gate.held;
    if (step) {
      return `waits for ${await this.#blockersOf(step.pid)} at: ${describeStep(step)}`;
    }
    if (held) {
      return `is held before: ${describeStep(held)}`;
    }
    return (
      'neither sends a statement nor ends: it waits for something that is not a lock of the database, such as a lock in ' +
      'memory, a connection of its own pool, or a time-out'
    );
  }

  async #blockersOf(pid: number): Promise<string> {
    const [row] = await this.#inspector.query<{ pids: number[] }>('SELECT pg_blocking_pids($1) AS pids', [pid]);
    const pids = row?.pids ?? [];
    if (pids.length === 0) {
      return 'the answer of the server';
    }
    const holders = pids.map((holder) => {
      const entry = this.#entries.findLast(({ step }) => step.pid === holder);
      return entry ? this.#pieces[entry.piece]?.name : `pid ${holder}, which is not one of the pieces,`;
    });
    return `a lock that ${holders.join(' and ')} has`;
  }
}
