import type { UsedServer } from '../../evidence/evidence.ts';
import type { Server } from '../server.ts';

/** How many runs are remembered; far more than run at a time. */
const REMEMBERED = 100;

/** Which run used which server, and how it came by it: what a run says at its end, and records as evidence. */
export class UsageLog {
  readonly #runs = new Map<string, Map<string, UsedServer>>();

  /** @param startedIn Milliseconds, if the server was started for this run. */
  note(run: string | undefined, server: Server, startedIn: number | undefined): void {
    if (run === undefined) {
      return;
    }
    const used = this.#runs.get(run) ?? new Map<string, UsedServer>();
    const { kind, version, source, identity } = server;
    const key = `${source} ${kind}`;
    if (!used.has(key)) {
      used.set(key, { kind, version, source, identity, startedInMs: startedIn ?? null });
    }
    this.#runs.set(run, used);
    const oldest = this.#runs.keys().next().value;
    if (this.#runs.size > REMEMBERED && oldest !== undefined) {
      this.#runs.delete(oldest);
    }
  }

  /** The servers of a run, in the order of their first use. */
  usedBy(run: string): UsedServer[] {
    return [...(this.#runs.get(run)?.values() ?? [])];
  }
}
