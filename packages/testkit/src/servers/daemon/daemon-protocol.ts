import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { UsedServer } from '../../evidence/evidence.ts';
import type { Runtime, Server } from '../server.ts';

/** A request of a client to the daemon, which answers each once, with the same `id`. */
export type Request = { readonly id: number } & Question;

export type Question =
  | { readonly ask: 'server'; readonly module: string; readonly runtime: Runtime; readonly run: string | undefined }
  /** Says that a server which the daemon does not own was used. */
  | { readonly ask: 'used'; readonly server: Server; readonly run: string | undefined }
  | { readonly ask: 'state'; readonly kind: string; readonly runtime: Runtime }
  | { readonly ask: 'used-servers'; readonly run: string }
  /** Says that a server may be needed soon. */
  | { readonly ask: 'warm-up'; readonly runtime: Runtime };

export type Answer = Server | readonly UsedServer[] | string | null;

/** A message of the daemon. */
export type Message =
  /** The first message on every connection: from here on it is a lease. */
  | { readonly hello: number }
  | { readonly id: number; readonly answer: Answer }
  | { readonly id: number; readonly failure: string }
  /** The progress of a slow step, in words. Messages with the same key are about the same step. */
  | { readonly progress: string; readonly key: string };

/** Writes one message, as a line of JSON. */
export function send(socket: Socket, message: Message | Request): void {
  if (!socket.destroyed) {
    socket.write(`${JSON.stringify(message)}\n`);
  }
}

/** Calls back for each message that arrives. A line that is not JSON ends the connection. */
export function receive<T extends Message | Request>(socket: Socket, onMessage: (message: T) => void): void {
  createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })
    .on('line', (line) => {
      let message: T;
      try {
        message = JSON.parse(line) as T;
      } catch (error) {
        socket.destroy(error as Error);
        return;
      }
      onMessage(message);
    })
    .on('error', () => undefined);
}
