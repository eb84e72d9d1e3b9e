import { once } from 'node:events';
import net, { type Socket } from 'node:net';

/** A request that reached the gateway after the test had ended. */
export interface LateRequest {
  readonly method: string;
  /** Path and query, with the tenant's prefix. */
  readonly url: string;
}

// Tests may fake the timers.
const { setTimeout: startTimer, clearTimeout: stopTimer, setImmediate: afterPoll } = globalThis;
const CONNECT_TIMEOUT = 5000;
const MOST_LATE_REQUESTS = 100;

/**
 * A door of one test to the shared WireMock: passes bytes on, both ways, and can do what a server that is shared cannot
 * for one test alone: refuse connections, and answer late. Does not keep the process alive.
 */
export class Gateway {
  readonly #target: { host: string; port: number };
  readonly #sockets = new Set<Socket>();
  #server: net.Server | undefined;
  #port = 0;
  #delay = 0;
  #reset = false;
  #ended: string | undefined;
  readonly late: LateRequest[] = [];
  /** Why WireMock could not be reached, when it could not. */
  problem: Error | undefined;

  /** @param target WireMock's URL */
  constructor(target: string) {
    const { protocol, hostname, port } = new URL(target);
    if (protocol !== 'http:') throw new Error(`WireMock is reached by http, unlike ${target}.`);
    this.#target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80) };
  }

  get port(): number {
    return this.#port;
  }

  /** Starts to listen on a loopback port, which stays the same when it is opened again. */
  async open(): Promise<void> {
    if (this.#server) return;
    const server = net.createServer({ allowHalfOpen: true }, (socket) => this.#accept(socket));
    server.unref();
    server.listen({ port: this.#port, host: '127.0.0.1' });
    try {
      await once(server, 'listening');
    } catch (cause) {
      throw new Error(`The upstream's port ${this.#port} could not be opened again: another process has taken it.`, {
        cause,
      });
    }
    this.#port = (server.address() as net.AddressInfo).port;
    this.#server = server;
  }

  /** Stops to listen and cuts every connection: clients see ECONNREFUSED. */
  async shut(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    const closed = once(server, 'close');
    server.close();
    this.#cut();
    await closed;
    // A client in this process notices on its next turns; until then it would use a kept connection and see a reset.
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => afterPoll(resolve));
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Holds every byte of an answer back for so many milliseconds. */
  delayAnswers(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  /** Resets the connection instead of passing an answer on. The proxy of a container engine would make a plain end of it. */
  resetAnswers(reset: boolean): void {
    this.#reset = reset;
  }

  /** The test is over: what still comes is noted and answered by 410. */
  end(reason: string): void {
    this.#ended = reason;
    this.#cut();
  }

  #accept(client: Socket): void {
    this.#track(client);
    if (this.#ended === undefined) this.#connect(client);
    else this.#turnAway(client, this.#ended);
  }

  #connect(client: Socket): void {
    const server = net.connect({ ...this.#target, allowHalfOpen: true, timeout: CONNECT_TIMEOUT });
    this.#track(server);
    server.once('connect', () => server.setTimeout(0));
    server.once('timeout', () =>
      server.destroy(new Error(`WireMock accepted no connection in ${CONNECT_TIMEOUT / 1000} s`)),
    );
    client.pipe(server);
    server.on('data', (chunk) => {
      this.#later(client, () => {
        if (this.#reset) return void client.resetAndDestroy();
        if (client.write(chunk)) return;
        server.pause();
        client.once('drain', () => server.resume());
      });
    });
    server.on('end', () => this.#later(client, () => (this.#reset ? client.resetAndDestroy() : client.end())));
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') this.problem ??= error;
      this.#later(client, () => client.resetAndDestroy());
    });
    client.on('error', () => server.destroy());
    client.on('close', () => server.destroy());
  }

  #later(client: Socket, action: () => void): void {
    if (this.#delay === 0) {
      if (!client.destroyed) action();
      return;
    }
    const timer = startTimer(() => {
      if (!client.destroyed) action();
    }, this.#delay);
    timer.unref();
    client.once('close', () => stopTimer(timer));
  }

  #turnAway(client: Socket, reason: string): void {
    client.on('error', () => {});
    client.once('data', (chunk) => {
      const [method = '', url = ''] = chunk.toString('latin1').split(/[ \r\n]/, 2);
      if (this.late.length < MOST_LATE_REQUESTS) this.late.push({ method, url });
      client.end(
        `HTTP/1.1 410 Gone\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(reason)}\r\n` +
          `connection: close\r\n\r\n${reason}`,
      );
    });
  }

  #track(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }
}
