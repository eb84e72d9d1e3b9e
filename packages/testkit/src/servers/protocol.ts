import type { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Runtime, Server, ServerKind } from './server.ts';

/** What a client asks of the keeper. The keeper answers each once, with the same `id`. */
export type Request =
  | {
      readonly id: number;
      readonly ask: 'server';
      readonly kind: ServerKind;
      readonly runtime: Runtime;
      readonly run?: string;
    }
  /** A server that the keeper does not own was used in this run. */
  | { readonly id: number; readonly ask: 'used'; readonly run: string; readonly text: string }
  | { readonly id: number; readonly ask: 'state'; readonly kind: ServerKind; readonly runtime: Runtime }
  | { readonly id: number; readonly ask: 'summary'; readonly run: string }
  | { readonly id: number; readonly ask: 'warm-up'; readonly runtime: Runtime };

/** What the keeper says. */
export type Message =
  /** The first message on every connection: from here on the connection is a lease. */
  | { readonly hello: number }
  | { readonly id: number; readonly answer: Server | readonly string[] | string | null }
  | { readonly id: number; readonly failure: string }
  /** Something that takes long got further; for people. `key` is the same for lines that replace each other. */
  | { readonly progress: string; readonly key: string };

/** Writes one message, as a line of JSON. */
export function send(socket: Socket, message: Message | Request): void {
  if (!socket.destroyed) socket.write(`${JSON.stringify(message)}\n`);
}

/** Calls back for each message that arrives. A line that is no JSON ends the connection. */
export function receive<T extends Message | Request>(socket: Socket, onMessage: (message: T) => void): void {
  createInterface({ input: socket, crlfDelay: Number.POSITIVE_INFINITY })
    .on('line', (line) => {
      try {
        onMessage(JSON.parse(line) as T);
      } catch (error) {
        socket.destroy(error as Error);
      }
    })
    .on('error', () => undefined);
}
