import type { FaultProxy } from './fault-proxy.ts';
import { FaultWatch, UnmetFaultError } from './fault-watch.ts';
import { type ServerFault, type ServerFaultName, type ServerFaultOptions, startServerFault } from './server-fault.ts';

/** The `fault` of a fixture. */
type Fault = (name: ServerFaultName, options?: ServerFaultOptions) => Promise<ServerFault>;

/** The faults of the server behind a proxy, for one test after the other. */
export class ServerFaults {
  readonly #proxy: FaultProxy;
  #watch: FaultWatch | undefined;

  constructor(proxy: FaultProxy) {
    this.#proxy = proxy;
  }

  /** The `fault` of the fixture of a test that begins. */
  begin(): Fault {
    const watch = new FaultWatch(this.#proxy);
    this.#watch = watch;
    return (name, options) => startServerFault(this.#proxy, name, options, watch);
  }

  /**
   * The error to fail the test with, if it had faults that the code under test never met.
   * @param server as a message names it
   */
  unmet(server: string): UnmetFaultError | undefined {
    const unmet = this.#watch?.unmet() ?? [];
    return unmet.length > 0 ? new UnmetFaultError(server, unmet) : undefined;
  }

  /** Ends faults that the test left. */
  async mend(): Promise<void> {
    this.#proxy.slow(0);
    await this.#proxy.up();
  }
}
