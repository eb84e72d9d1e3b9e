import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { now, originals } from '@splitlevel/guards/originals';
import { watchRefused } from './refused-connections.ts';

// Tests may fake the timers and the clock.
const { setTimeout: startTimer, clearTimeout: stopTimer, setImmediate: afterPoll } = originals;
const HOST = '127.0.0.1';
const CONNECT_TIMEOUT_MS = 5000;

/** Where a server listens. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/** Bytes that a server sent, and when they are to be passed on. */
interface Chunk {
  readonly bytes: Buffer;
  readonly due: number;
}

/**
 * Where the server of a URL listens.
 * @param defaultPort that of the URL's protocol
 */
export function targetOf(url: string | URL, defaultPort: number): Target {
  const { hostname, port } = new URL(url);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || defaultPort) };
}

/**
 * A door of one test to a shared server of any protocol over TCP: passes bytes on, both ways, and can do what a server
 * that is shared cannot for one test alone. Does not keep the process alive.
 */
export class FaultProxy {
  readonly host = HOST;
  readonly #target: Target;
  readonly #clients = new Set<Socket>();
  #server: net.Server | undefined;
  #port = 0;
  #delay = 0;
  #delaysBodiesOnly = false;
  #resets = false;
  #contacts = 0;
  #endWatch = () => {};
  /** Functions that release each held chunk. */
  readonly #held = new Set<() => void>();
  /** Why the server could not be reached, when it could not. */
  problem: Error | undefined;

  constructor(target: Target) {
    this.#target = target;
  }

  /** Stays the same when the proxy was down. */
  get port(): number {
    return this.#port;
  }

  /** Connections that clients have through it. One that its client ended may still wait for what is held back. */
  get connections(): number {
    return [...this.#clients].filter((client) => !client.readableEnded).length;
  }

  /**
   * How often clients had to do with it: data that they sent or were sent, connections that were cut, and while it is
   * down those that were tried.
   */
  get contacts(): number {
    return this.#contacts;
  }

  /** The same URL, by this proxy. */
  through(url: string): string {
    const changed = new URL(url);
    changed.host = `${HOST}:${this.#port}`;
    return changed.href;
  }

  /** Stops to listen and cuts every connection: clients see ECONNREFUSED. */
  async down(): Promise<void> {
    const stopped = this.#stop();
    if (stopped === undefined) {
      return;
    }
    this.#endWatch = watchRefused(this.#port, () => {
      this.#contacts += 1;
    });
    await stopped;
    await noticed();
  }

  /** Stops to listen and cuts every connection; undefined where nobody listens. */
  #stop(): Promise<unknown> | undefined {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) {
      return undefined;
    }
    const closed = once(server, 'close');
    server.close();
    this.#cutAll();
    return closed;
  }

  /**
   * Listens, again after `down`.
   * @throws {Error} when another process has taken the port meanwhile.
   */
  async up(): Promise<void> {
    if (this.#server) {
      return;
    }
    this.#endWatch();
    this.#endWatch = () => {};
    const server = net.createServer({ allowHalfOpen: true }, (client) => {
      this.#clients.add(client);
      client.once('close', () => this.#clients.delete(client));
      this.accept(client);
    });
    server.unref();
    server.listen({ port: this.#port, host: HOST });
    try {
      await once(server, 'listening');
    } catch (cause) {
      throw new Error(`Port ${this.#port} could not be opened again: another process has taken it.`, { cause });
    }
    this.#port = (server.address() as net.AddressInfo).port;
    this.#server = server;
  }

  /**
   * From now on what the server sends comes so many milliseconds late. 0 ends that, and lets go of what is held.
   * @param part of an HTTP answer: with `body` its head, and one byte more, comes at once
   */
  slow(milliseconds: number, part: 'all' | 'body' = 'all'): void {
    this.#delay = milliseconds;
    this.#delaysBodiesOnly = part === 'body';
    if (milliseconds === 0) {
      for (const release of this.#held) {
        release();
      }
    }
  }

  /** From now on, resets the connection instead of passing on what the server sends, or that it ends the connection. */
  resetAnswers(resets: boolean): void {
    this.#resets = resets;
  }

  /** Cuts the connections that are open by RST, as a server that crashes; new ones are accepted. */
  async cut(): Promise<void> {
    this.#cutAll();
    await noticed();
  }

  /** Stops to listen, for good. */
  async close(): Promise<void> {
    this.#endWatch();
    await this.#stop();
  }

  #cutAll(): void {
    this.#contacts += this.connections;
    for (const client of this.#clients) {
      client.resetAndDestroy();
    }
  }

  /** Joins a client to the server. */
  protected accept(client: Socket): void {
    client.setNoDelay(true);
    const server = net.connect({ ...this.#target, allowHalfOpen: true, noDelay: true, timeout: CONNECT_TIMEOUT_MS });
    server.once('connect', () => server.setTimeout(0));
    server.once('timeout', () =>
      server.destroy(new Error(`no connection was accepted in ${CONNECT_TIMEOUT_MS / 1000} s`)),
    );
    const count = () => {
      this.#contacts += 1;
    };
    client.on('data', count).pipe(server);
    const stamped = new Transform({
      readableObjectMode: true,
      transform: (bytes: Buffer, _encoding, done) => {
        const begin = this.#delaysBodiesOnly ? endOfHead(bytes) : 0;
        if (begin > 0) {
          stamped.push({ bytes: bytes.subarray(0, begin), due: now() } satisfies Chunk);
        }
        done(null, { bytes: bytes.subarray(begin), due: now() + this.#delay } satisfies Chunk);
      },
    });
    const released = this.#releaseWhenDue(client);
    server.on('data', count).pipe(stamped).pipe(released).pipe(client);
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') {
        this.problem ??= error;
      }
      client.resetAndDestroy();
    });
    client.on('error', () => server.destroy());
    client.on('close', () => {
      server.destroy();
      released.destroy();
    });
  }

  /** Backpressure keeps order and bounds what is held. */
  #releaseWhenDue(client: Socket): Transform {
    let forget = () => {};
    return new Transform({
      writableObjectMode: true,
      transform: ({ bytes, due }: Chunk, _encoding, done) => {
        const release = () => {
          forget();
          if (this.#resets) {
            client.resetAndDestroy();
          } else {
            done(null, bytes);
          }
        };
        const wait = due - now();
        if (this.#delay === 0 || wait <= 0) {
          return release();
        }
        const timer = startTimer(release, wait).unref();
        this.#held.add(release);
        forget = () => {
          stopTimer(timer);
          this.#held.delete(release);
        };
      },
      flush: (done) => {
        if (this.#resets) {
          client.resetAndDestroy();
        } else {
          done();
        }
      },
      destroy: (error, done) => {
        forget();
        done(error);
      },
    });
  }
}

/** Where the head of an HTTP answer ends that bytes begin with, and one byte of the body; 0 where they have none. */
function endOfHead(bytes: Buffer): number {
  const end = bytes.subarray(0, 7).toString('latin1') === 'HTTP/1.' ? bytes.indexOf('\r\n\r\n') : -1;
  return end < 0 ? 0 : Math.min(end + 5, bytes.length);
}

/** Opens a proxy to a server on a loopback port of its own. */
export async function openFaultProxy(target: Target): Promise<FaultProxy> {
  const proxy = new FaultProxy(target);
  await proxy.up();
  return proxy;
}

/** A client in this process notices on its next turns; until then it would use a kept connection and see a reset. */
async function noticed(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => afterPoll(resolve));
  }
}
