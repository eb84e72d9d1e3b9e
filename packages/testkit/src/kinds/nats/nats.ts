import type { NatsConnection } from '@nats-io/transport-node';
import type { ServerFault, ServerFaultName, ServerFaultOptions } from '../shared/faults/server-fault.ts';

/** The fixture of a NATS server with JetStream, for one test: an account in which there is nothing. */
export interface Nats {
  /** For the code under test: `nats://USER:PASSWORD@HOST:PORT`. The libraries of NATS take user and password as options. */
  readonly url: string;
  /** The test's own look at the account, which faults do not reach; closed by the testkit. */
  readonly connection: NatsConnection;
  /**
   * Makes the server fail for the code under test, until the test ends or `undo()`:
   * `slow`, `reset` (connections are cut) or `down`.
   */
  fault(name: ServerFaultName, options?: ServerFaultOptions): Promise<ServerFault>;
}
