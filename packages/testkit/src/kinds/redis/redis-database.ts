import type { ServerFault, ServerFaultName, ServerFaultOptions } from '../shared/faults/server-fault.ts';

/** The fixture of a Redis, for one test: a database of its own on a server that is shared. */
export interface RedisDatabase {
  /** For the code under test, with a user who reaches this database only. Faults are on this way. */
  readonly url: string;
  /**
   * The test's own look, by a connection that no fault concerns: `command('SET', 'key', 'value', 'EX', 10)`.
   * @returns the reply as RESP 3 has it: text, number, null, list, or an object for a map
   */
  command(...words: readonly (string | number)[]): Promise<unknown>;
  /**
   * Makes Redis fail for the code under test, until the test ends or `undo()`:
   * - `slow`: every reply comes `milliseconds` late (30 000 when left out, more than a client should wait)
   * - `reset`: the connections that are open are cut, once, as by a server that starts again
   * - `down`: those are cut too, and nobody listens: ECONNREFUSED
   */
  fault(name: ServerFaultName, options?: ServerFaultOptions): Promise<ServerFault>;
}
