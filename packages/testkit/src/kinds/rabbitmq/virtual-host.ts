import type { ServerFault, ServerFaultName, ServerFaultOptions } from '../shared/faults/server-fault.ts';

/** The fixture of a RabbitMQ, for one test: a virtual host of its own on a server that is shared. */
export interface VirtualHost {
  /** For the code under test, with a user who may do everything in this virtual host only. Faults are on this way. */
  readonly url: string;
  /** The test's own way, which no fault concerns. Connections that it leaves open are noticed too. */
  readonly undisturbedUrl: string;
  /**
   * Makes RabbitMQ fail for the code under test, until the test ends or `undo()`:
   * - `slow`: all that it sends comes `milliseconds` late (30 000 when left out, more than a client should wait)
   * - `reset`: the connections that are open are cut, once, as by a server that starts again
   * - `down`: those are cut too, and nobody listens: ECONNREFUSED
   */
  fault(name: ServerFaultName, options?: ServerFaultOptions): Promise<ServerFault>;
}
