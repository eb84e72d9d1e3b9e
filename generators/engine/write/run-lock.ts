import { lockWorkspace } from './lock.ts';
import { settleKilledRun } from './mend.ts';
import { scratchFolder } from './scratch.ts';

/** The workspace's lock, which a run takes to plan and to write. */
export class RunLock {
  readonly #root: string;
  readonly #scratch: string;
  readonly #dryRun: boolean;
  readonly #say: (line: string) => void;
  #unlock: (() => void) | undefined;

  /** @throws {Failure} when the folder for the lock cannot be made. */
  constructor(root: string, dryRun: boolean, say: (line: string) => void) {
    this.#root = root;
    this.#scratch = scratchFolder(root);
    this.#dryRun = dryRun;
    this.#say = say;
  }

  /**
   * Takes the lock unless it is held already, and settles what a killed run left.
   * @throws {Failure} when another run holds it for too long, or what was left cannot be settled.
   */
  async take(): Promise<void> {
    if (this.#unlock !== undefined) {
      return;
    }
    this.#unlock = await lockWorkspace(this.#scratch, () => this.#say('Waiting for another generator run to end…'));
    settleKilledRun(this.#root, this.#dryRun, this.#say);
  }

  /** Gives the lock back if it is held. */
  release(): void {
    this.#unlock?.();
    this.#unlock = undefined;
  }
}
