import type { Gate } from './statement-gate.ts';

/** A piece of code that takes part in an interleaving, in one run of it. */
export class Piece<Prepared = unknown> {
  readonly name: string;
  readonly gate: Gate;
  readonly #work: (prepared: Prepared) => unknown;
  /** How it ended. */
  result: PromiseSettledResult<unknown> | undefined;
  /** Whether all of its statements that are under way wait for locks. */
  isBlocked = false;
  isStarted = false;

  constructor(name: string, gate: Gate, work: (prepared: Prepared) => unknown) {
    this.name = name;
    this.gate = gate;
    this.#work = work;
  }

  /** @param onSettled called when it has ended. */
  start(prepared: Prepared, onSettled: () => void): void {
    this.isStarted = true;
    const settle = (result: PromiseSettledResult<unknown>) => {
      this.result = result;
      onSettled();
    };
    new Promise((resolve) => resolve(this.#work(prepared))).then(
      (value) => settle({ status: 'fulfilled', value }),
      (reason) => settle({ status: 'rejected', reason }),
    );
  }

  /** Makes it ready for another run. */
  reset(): void {
    this.result = undefined;
    this.isBlocked = false;
    this.isStarted = false;
  }

  get isDone(): boolean {
    return this.result !== undefined && this.gate.held.length === 0 && this.gate.flying.size === 0;
  }

  /** Whether it has something to do by itself: to run code, or to be answered by the server. */
  get isMoving(): boolean {
    if (!this.isStarted || this.isDone || this.isBlocked) {
      return false;
    }
    return this.gate.flying.size > 0 || this.gate.held.length === 0;
  }

  get canGoOn(): boolean {
    return !this.isStarted || (!this.isBlocked && this.gate.held.length > 0);
  }
}
