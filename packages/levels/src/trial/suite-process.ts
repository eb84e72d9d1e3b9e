import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EXIT, Failure, machineEnvironment } from '@splitlevel/generators/engine';
import type { Answer, FileText, Level, Look, Order, Trial } from './messages.ts';

const WORKER = fileURLToPath(import.meta.resolve('@splitlevel/levels/worker'));
const LOOK_TIMEOUT_MS = 600_000;

/** What a process is started with. */
export interface SuitePlace {
  /** The workspace whose servers are used. */
  readonly root: string;
  /** Its copy, absolute. */
  readonly copy: string;
  /** Of the package, in both. */
  readonly folder: string;
  readonly level: Level;
}

/** A process that runs one suite in a copy of the workspace; started when first needed, and again after it was ended. */
export class SuiteProcess {
  readonly #place: SuitePlace;
  #child: ChildProcess | undefined;

  constructor(place: SuitePlace) {
    this.#place = place;
  }

  /**
   * Runs the suite as it is.
   * @param texts the same code, which tells what is reached
   * @throws {Failure} when it cannot be run
   */
  async look(texts: readonly FileText[]): Promise<Look> {
    const answer = await this.#ask({ type: 'look', texts }, LOOK_TIMEOUT_MS);
    if (answer?.type !== 'look') {
      const why = answer?.type === 'error' ? answer.message : `it did not end in ${LOOK_TIMEOUT_MS / 60_000} minutes`;
      const { level, folder } = this.#place;
      throw new Failure(EXIT.failed, `The ${level} tests of ${folder} could not be run: ${why}`);
    }
    return answer;
  }

  /** Runs tests with a file changed. Resolves with undefined when they took longer than allowed, or ended the process. */
  async attempt(order: Omit<Extract<Order, { type: 'try' }>, 'type'>, timeoutMs: number): Promise<Trial | undefined> {
    const file = join(this.#place.copy, this.#place.folder, order.text.path);
    const before = readFileSync(file, 'utf8');
    const answer = await this.#ask({ type: 'try', ...order }, timeoutMs);
    if (answer?.type === 'try') {
      return answer;
    }
    await this.end();
    writeFileSync(file, before);
    return answer === undefined
      ? undefined
      : { type: 'try', failed: [], broken: answer.type === 'error' ? answer.message : '' };
  }

  async end(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      return;
    }
    const ended = new Promise((resolve) => child.once('exit', resolve));
    killGroup(child);
    await ended;
  }

  #ask(order: Order, timeoutMs: number): Promise<Answer | undefined> {
    this.#child ??= this.#start();
    const child = this.#child;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle(undefined), timeoutMs);
      const onExit = () => {
        this.#child = undefined;
        settle(undefined);
      };
      const settle = (answer: Answer | undefined) => {
        clearTimeout(timer);
        child.off('message', settle);
        child.off('exit', onExit);
        resolve(answer);
      };
      child.once('message', settle);
      child.once('exit', onExit);
      child.send(order);
    });
  }

  #start(): ChildProcess {
    const { root, copy, folder, level } = this.#place;
    const child = fork(WORKER, [copy, folder, level], {
      cwd: copy,
      env: { ...machineEnvironment(), NO_COLOR: '1', TESTKIT_WORKSPACE: root },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // A group of its own: what tests started, and hang in, ends with it.
      detached: true,
    });
    const kill = () => killGroup(child);
    process.once('exit', kill);
    child.once('exit', () => {
      kill();
      process.removeListener('exit', kill);
    });
    return child;
  }
}

/** Ends a process and all that it started: a loop without an end does not hear that its parent is gone. */
function killGroup(child: ChildProcess): void {
  try {
    process.kill(-(child.pid ?? Number.NaN), 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
