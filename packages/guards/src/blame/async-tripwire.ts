import { createHook } from 'node:async_hooks';
import type { Activity } from '../observed/activity.ts';
import { refuse } from './refusal.ts';

const wires: Record<string, readonly [tried: string, activity: Activity]> = {
  TCPSERVERWRAP: ['listen by TCP', 'network'],
  PIPESERVERWRAP: ['listen on a socket file', 'network'],
  UDPWRAP: ['open a UDP socket', 'network'],
  UDPSENDWRAP: ['send by UDP', 'network'],
  GETADDRINFOREQWRAP: ['resolve a name', 'network'],
  GETNAMEINFOREQWRAP: ['resolve an address', 'network'],
  QUERYWRAP: ['resolve a name', 'network'],
  PROCESSWRAP: ['start a process', 'process'],
  WORKER: ['start a worker thread', 'thread'],
  FSEVENTWRAP: ['watch a file', 'file'],
};

/**
 * Sees the handles that Node makes for I/O, however they were come by. It cannot stop them: throwing here ends Node. A
 * connection has none of its own before it is stopped.
 */
export function setTripwire(): void {
  const init = (_id: number, type: string): void => {
    const [tried, activity] = wires[type] ?? [];
    if (activity) {
      refuse('internals', `${tried} past the guard of unit tests`, init, activity);
    }
  };
  createHook({ init, trackPromises: false }).enable();
}
