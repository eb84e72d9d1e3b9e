import { once } from 'node:events';
import net, { type Socket } from 'node:net';
import { Transform } from 'node:stream';

// Tests may fake the timers.
const { setTimeout: startTimer, clearTimeout: stopTimer, setImmediate: afterPoll } = globalThis;
const HOST = '127.0.0.1';

/** Where a server listens. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * A door of one test to a shared server of any protocol over TCP: passes bytes on, both ways, and can do what a server that
 * is shared cannot for one test alone. Does not keep the process alive.
 */
export class Gateway {
  readonly host = HOST;
  readonly #target: Target;
  readonly #clients = new Set<Socket>();
  #server: net.Server | undefined;
  #port = 0;
  #delay = 0;
  /** What lets go of each chunk that is held. */
  readonly #held = new Set<() => void>();
  /** Why the server could not be reached, when it could not. */
  problem: Error | undefined;

  constructor(target: Target) {
    this.#target = target;
  }

  /** Stays the same when the gateway was down. */
  get port(): number {
    return this.#port;
  }

  /** Connections that clients have through it. One that its client ended may still wait for what is held back. */
  get connections(): number {
    return [...this.#clients].filter((client) => !client.readableEnded).length;
  }

  /** The same URL, by this gateway. */
  through(url: string): string {
    const changed = new URL(url);
    changed.host = `${HOST}:${this.#port}`;
    return changed.href;
  }

  /** Stops to listen and cuts every connection: clients see ECONNREFUSED. */
  async down(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    this.#cutAll();
    await closed;
    await noticed();
  }

  /**
   * Listens, again after `down`.
   * @throws when another process has taken the port meanwhile.
   */
  async up(): Promise<void> {
    if (this.#server) return;
    const server = net.createServer({ allowHalfOpen: true }, (client) => this.#accept(client));
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
   * From now on holds every chunk that the server sends back for so many milliseconds, one after the other. 0 ends that, and
   * lets go of what is held.
   */
  slow(milliseconds: number): void {
    this.#delay = milliseconds;
    if (milliseconds === 0) for (const release of this.#held) release();
  }

  /** Cuts the connections that are open by RST, as a server that crashes; new ones are accepted. */
  async cut(): Promise<void> {
    this.#cutAll();
    await noticed();
  }

  /** Stops to listen, for good. */
  close(): Promise<void> {
    return this.down();
  }

  #cutAll(): void {
    for (const client of this.#clients) client.resetAndDestroy();
  }

  #accept(client: Socket): void {
    this.#clients.add(client);
    client.setNoDelay(true);
    const server = net.connect({ ...this.#target, allowHalfOpen: true, noDelay: true });
    const delayed = this.#delayed();
    client.pipe(server);
    server.pipe(delayed).pipe(client);
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') this.problem ??= error;
      client.resetAndDestroy();
    });
    client.on('error', () => server.destroy());
    client.on('close', () => {
      this.#clients.delete(client);
      server.destroy();
      delayed.destroy();
    });
  }

  /** Backpressure keeps order and bounds what is held. */
  #delayed(): Transform {
    let forget = () => {};
    return new Transform({
      transform: (chunk, _encoding, done) => {
        if (this.#delay === 0) return done(null, chunk);
        const release = () => {
          forget();
          done(null, chunk);
        };
        const timer = startTimer(release, this.#delay).unref();
        this.#held.add(release);
        forget = () => {
          stopTimer(timer);
          this.#held.delete(release);
        };
      },
      destroy: (error, done) => {
        forget();
        done(error);
      },
    });
  }
}

/** Opens a gateway to a server on a loopback port of its own. */
export async function openGateway(target: Target): Promise<Gateway> {
  const gateway = new Gateway(target);
  await gateway.up();
  return gateway;
}

/** A client in this process notices on its next turns; until then it would use a kept connection and see a reset. */
async function noticed(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => afterPoll(resolve));
}
