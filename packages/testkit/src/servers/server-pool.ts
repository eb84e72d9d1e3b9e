import { randomBytes } from 'node:crypto';
import type { RunningServer, StartRequest } from './running-server.ts';
import type { Runtime, Server, ServerKind } from './server.ts';
import { startServer } from './start-server.ts';
import type { Workspace } from './workspace.ts';

/** A start that failed is not tried again for the run that asked, so that its tests fail at once and all alike. */
interface Slot {
  readonly running: Promise<RunningServer>;
  readonly run: string | undefined;
  failed: boolean;
}

/** The servers of a workspace, each started when it is first asked for, and once. */
export class ServerPool {
  readonly #workspace: Workspace;
  readonly #progress: StartRequest['progress'];
  readonly #slots = new Map<string, Slot>();

  constructor(workspace: Workspace, progress: StartRequest['progress']) {
    this.#workspace = workspace;
    this.#progress = progress;
  }

  /**
   * Resolves with the server and how it was come by, for people.
   *
   * @param run Who asks.
   */
  async get(kind: ServerKind, runtime: Runtime, run: string | undefined): Promise<{ server: Server; how: string }> {
    const key = `${runtime} ${kind}`;
    const existing = this.#slots.get(key);
    if (existing !== undefined && (await this.#isUsable(existing, run))) {
      const { server } = await existing.running;
      return { server, how: 'attached' };
    }
    const slot = this.#slots.get(key) === existing ? this.#start(key, kind, runtime, run) : this.#slots.get(key);
    if (slot === undefined) throw new Error(`The ${kind} server vanished while it was asked for.`);
    const { server, startedIn } = await slot.running;
    return { server, how: `started in ${(startedIn / 1000).toFixed(1)} s` };
  }

  /** What is wrong with a server, or undefined. */
  async state(kind: ServerKind, runtime: Runtime): Promise<string | undefined> {
    const slot = this.#slots.get(`${runtime} ${kind}`);
    if (slot === undefined) return 'It is not running any more: whoever kept it has ended. Run the tests again.';
    try {
      return await (await slot.running).state();
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Stops every server, also those that are starting. */
  async stop(): Promise<void> {
    const slots = [...this.#slots.values()];
    this.#slots.clear();
    await Promise.all(
      slots.map(async ({ running }) => {
        const server = await running.catch(() => undefined);
        await server?.stop();
      }),
    );
  }

  #start(key: string, kind: ServerKind, runtime: Runtime, run: string | undefined): Slot {
    const password = randomBytes(18).toString('base64url');
    const progress = this.#progress;
    const slot: Slot = {
      run,
      failed: false,
      running: startServer({ kind, runtime, workspace: this.#workspace, password, progress }),
    };
    slot.running.catch(() => {
      slot.failed = true;
    });
    this.#slots.set(key, slot);
    return slot;
  }

  async #isUsable(slot: Slot, run: string | undefined): Promise<boolean> {
    if (slot.failed) return slot.run !== undefined && slot.run === run;
    const running = await slot.running.catch(() => undefined);
    if (running === undefined) return slot.run !== undefined && slot.run === run;
    if ((await running.state()) === undefined) return true;
    await running.stop().catch(() => undefined);
    return false;
  }
}
