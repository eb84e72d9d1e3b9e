import { randomBytes } from 'node:crypto';
import type { RunningServer, StartRequest } from '../running-server.ts';
import type { Runtime, Server } from '../server.ts';
import type { ServerKind } from '../server-kind.ts';

interface Slot {
  readonly running: Promise<RunningServer>;
  /** The run that asked for the start. */
  readonly run: string | undefined;
}

/** The arguments that the pool passes on to each start. */
export type PoolContext = Pick<StartRequest, 'workspace' | 'daemon' | 'progress' | 'onEngine'>;

/** The servers of a workspace, each started when it is first asked for, and once. */
export class ServerPool {
  readonly #context: PoolContext;
  readonly #start: (request: StartRequest) => Promise<RunningServer>;
  readonly #slots = new Map<string, Slot>();

  constructor(context: PoolContext, start: (request: StartRequest) => Promise<RunningServer>) {
    this.#context = context;
    this.#start = start;
  }

  /**
   * Finds or starts a server. A server that has ended is replaced. A start that failed is not tried again for the run
   * that asked for it, so that all tests of that run fail at once and alike.
   *
   * @returns The server, and whether this call started it (after how many milliseconds) or found it.
   */
  async get(
    kind: ServerKind,
    runtime: Runtime,
    run: string | undefined,
  ): Promise<{ server: Server; startedIn: number | undefined }> {
    const key = `${runtime} ${kind.name}`;
    const found = this.#slots.get(key);
    if (found !== undefined && (await isUsable(found, run))) {
      return { server: (await found.running).server, startedIn: undefined };
    }
    let slot = this.#slots.get(key);
    const startsHere = slot === undefined || slot === found;
    if (slot === undefined || slot === found) {
      slot = { run, running: this.#replace(found, kind, runtime) };
      this.#slots.set(key, slot);
    }
    const { server, startedIn } = await slot.running;
    return { server, startedIn: startsHere ? startedIn : undefined };
  }

  /** The problems of a server, as sentences, or undefined. */
  async state(kind: string, runtime: Runtime): Promise<string | undefined> {
    const slot = this.#slots.get(`${runtime} ${kind}`);
    if (slot === undefined) {
      return `The ${kind} server is not running any more. Run the tests again.`;
    }
    try {
      return await (await slot.running).state();
    } catch (error) {
      return (error as Error).message;
    }
  }

  /** Uses the time in which nobody needs the servers. */
  async prepareNext(): Promise<void> {
    for (const { running } of this.#slots.values()) {
      const server = await running.catch(() => undefined);
      await server?.prepareNext?.();
    }
  }

  /** Stops every server, also those that are starting, as soon as they have. */
  async stop(): Promise<void> {
    const slots = [...this.#slots.values()];
    this.#slots.clear();
    await Promise.all(slots.map(async ({ running }) => (await running.catch(() => undefined))?.stop()));
  }

  async #replace(dead: Slot | undefined, kind: ServerKind, runtime: Runtime): Promise<RunningServer> {
    const server = await dead?.running.catch(() => undefined);
    await server?.stop().catch(() => undefined);
    const password = randomBytes(18).toString('base64url');
    return this.#start({ ...this.#context, kind, runtime, password });
  }
}

async function isUsable(slot: Slot, run: string | undefined): Promise<boolean> {
  const server = await slot.running.catch(() => undefined);
  if (server === undefined) {
    return slot.run !== undefined && slot.run === run;
  }
  return !server.isGone();
}
