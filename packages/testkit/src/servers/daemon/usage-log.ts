import type { Server } from '../server.ts';

/** How many runs are remembered; far more than run at a time. */
const REMEMBERED = 100;

/** Which run used which server, and how it came by it: what a run says at its end. */
export class UsageLog {
  readonly #runs = new Map<string, Map<string, string>>();

  /** @param startedIn Milliseconds, if the server was started for this run. */
  note(run: string | undefined, server: Server, startedIn: number | undefined): void {
    if (run === undefined) return;
    const used = this.#runs.get(run) ?? new Map<string, string>();
    const how = startedIn === undefined ? 'attached' : `started in ${(startedIn / 1000).toFixed(1)} s`;
    const key = `${server.source} ${server.kind}`;
    if (!used.has(key)) used.set(key, `${server.kind} ${server.version} ${describe(server, how)}`);
    this.#runs.set(run, used);
    const oldest = this.#runs.keys().next().value;
    if (this.#runs.size > REMEMBERED && oldest !== undefined) this.#runs.delete(oldest);
  }

  /** One text a server, in the order of their use. */
  summary(run: string): string[] {
    return [...(this.#runs.get(run)?.values() ?? [])];
  }
}

function describe({ source, identity, kind }: Server, how: string): string {
  switch (source) {
    case 'container':
      return `from a container (${identity}, ${how})`;
    case 'embedded':
      return `embedded (${how})`;
    case 'url':
      return `from TESTKIT_${kind.toUpperCase()}_URL`;
  }
}
