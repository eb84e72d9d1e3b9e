import type { FaultProxy } from './fault-proxy.ts';
import type { FaultWatch } from './fault-watch.ts';
import { undoOnce } from './undo-once.ts';

/**
 * How the server of a fixture can fail, for the code under test alone:
 * - `slow`: all that it sends comes `milliseconds` late (30 000 when left out, more than a client should wait)
 * - `reset`: the connections that are open are cut by RST, once, as by a server that crashes and is back at once
 * - `down`: those are cut too, and nobody listens: ECONNREFUSED
 */
export type ServerFaultName = 'slow' | 'reset' | 'down';

export interface ServerFaultOptions {
  /** For `slow`: how long everything is held back. */
  readonly milliseconds?: number;
}

/** A fault in effect. With `await using` it ends with its block. */
export interface ServerFault extends AsyncDisposable {
  undo(): Promise<void>;
}

const NAMES: readonly ServerFaultName[] = ['slow', 'reset', 'down'];
const LONGER_THAN_PATIENCE_MS = 30_000;

/**
 * Makes the server behind a proxy fail, until `undo`.
 * @param watch notes whether the code under test meets it
 * @throws {Error} when there is no such fault, or the option is not one of it
 */
export async function startServerFault(
  proxy: FaultProxy,
  name: ServerFaultName,
  options: ServerFaultOptions = {},
  watch?: FaultWatch,
): Promise<ServerFault> {
  checkOptions(name, options);
  const end = watch?.begin(name);
  const undo = await start(proxy, name, options);
  // Connections are cut once: who comes later does not meet that.
  if (name === 'reset') {
    end?.();
  }
  return undoOnce(async () => {
    end?.();
    await undo();
  });
}

async function start(
  proxy: FaultProxy,
  name: ServerFaultName,
  { milliseconds = LONGER_THAN_PATIENCE_MS }: ServerFaultOptions,
): Promise<() => Promise<void>> {
  if (name === 'slow') {
    proxy.slow(milliseconds);
    return async () => proxy.slow(0);
  }
  if (name === 'down') {
    await proxy.down();
    return () => proxy.up();
  }
  await proxy.cut();
  return async () => {};
}

function checkOptions(name: ServerFaultName, { milliseconds }: ServerFaultOptions): void {
  if (!NAMES.includes(name)) {
    throw new Error(`fault('${String(name)}'): the faults are ${NAMES.join(', ')}.`);
  }
  checkMilliseconds(name, milliseconds);
}

/** @throws {Error} when the fault is not `slow`, which alone takes them, or they are not an integer above 0 */
export function checkMilliseconds(name: string, milliseconds: number | undefined): void {
  if (milliseconds === undefined) {
    return;
  }
  if (name !== 'slow') {
    throw new Error(`fault('${name}'): milliseconds are for 'slow'.`);
  }
  if (!(Number.isInteger(milliseconds) && milliseconds > 0)) {
    throw new Error(`fault('slow', { milliseconds: ${milliseconds} }): give whole milliseconds.`);
  }
}
