import type { FaultProxy } from './fault-proxy.ts';
import { FaultWatch, UnmetFaultError } from './fault-watch.ts';
import { type ServerFault, type ServerFaultName, type ServerFaultOptions, startServerFault } from './server-fault.ts';

/** The `fault` of a fixture. */
type Fault = (name: ServerFaultName, options?: ServerFaultOptions) => Promise<ServerFault>;

/** The faults of a server, for one test after the other. */
export interface Faults {
  /** The `fault` of the fixture of a test that begins. */
  begin(): Fault;
  /**
   * The error to fail the test with, if it had faults that the code under test never met.
   * @param server as a message names it
   */
  unmet(server: string): UnmetFaultError | undefined;
  /** Ends faults that the test left. */
  mend(): Promise<void>;
}

/**
 * Those of a server that no proxy can stand before: there are none.
 * @param why as it follows "because"
 */
export function refuseFaults(why: string): Faults {
  return {
    begin: () => async (name) => {
      throw new Error(
        `fault('${name}'): the server cannot be made to fail, because ${why}. Give a URL with a host and without that, or leave it out: the testkit then starts a server itself.`,
      );
    },
    unmet: () => undefined,
    mend: async () => {},
  };
}

/** The faults of the server behind a proxy. */
export class ServerFaults implements Faults {
  readonly #proxy: FaultProxy;
  #watch: FaultWatch | undefined;

  constructor(proxy: FaultProxy) {
    this.#proxy = proxy;
  }

  begin(): Fault {
    const watch = new FaultWatch(this.#proxy);
    this.#watch = watch;
    return (name, options) => startServerFault(this.#proxy, name, options, watch);
  }

  unmet(server: string): UnmetFaultError | undefined {
    const unmet = this.#watch?.unmet() ?? [];
    return unmet.length > 0 ? new UnmetFaultError(server, unmet) : undefined;
  }

  async mend(): Promise<void> {
    this.#proxy.slow(0);
    await this.#proxy.up();
  }
}
