import { createHook } from 'node:async_hooks';
import { refuse } from './refusal.ts';

const wires: Record<string, string> = {
  TCPCONNECTWRAP: 'connect by TCP',
  TCPSERVERWRAP: 'listen by TCP',
  PIPECONNECTWRAP: 'connect to a socket file',
  PIPESERVERWRAP: 'listen on a socket file',
  UDPWRAP: 'open a UDP socket',
  UDPSENDWRAP: 'send by UDP',
  GETADDRINFOREQWRAP: 'resolve a name',
  GETNAMEINFOREQWRAP: 'resolve an address',
  QUERYWRAP: 'resolve a name',
  PROCESSWRAP: 'start a process',
  WORKER: 'start a worker thread',
  FSEVENTWRAP: 'watch a file',
};

/** Sees the handles that Node makes for I/O, however they were come by. It cannot stop them: throwing here ends Node. */
export function setTripwire(): void {
  const init = (_id: number, type: string): void => {
    const tried = wires[type];
    if (tried) refuse('internals', `${tried} past the guard of unit tests`, init);
  };
  createHook({ init, trackPromises: false }).enable();
}
