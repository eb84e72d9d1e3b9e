import type { Socket } from 'node:net';
import { FaultProxy, targetOf } from '../shared/faults/fault-proxy.ts';

/** A request that reached the proxy after the test had ended. */
export interface LateRequest {
  readonly method: string;
  /** Path and query, with the tenant's prefix. */
  readonly url: string;
}

const MOST_LATE_REQUESTS = 100;
const LARGE_BYTES = 1_000_000;

/** A door of one test to the shared WireMock, which notes who still comes when the test is over. */
export class UpstreamProxy extends FaultProxy {
  #ended: string | undefined;
  readonly late: LateRequest[] = [];
  #received = 0;

  /** @param wiremock its URL */
  constructor(wiremock: string) {
    if (new URL(wiremock).protocol !== 'http:') {
      throw new Error(`WireMock is reached by http, unlike ${wiremock}.`);
    }
    super(targetOf(wiremock, 80));
  }

  /** Whether what clients sent through it is large, together. */
  get isLarge(): boolean {
    return this.#received > LARGE_BYTES;
  }

  /** The test is over: what still comes is noted, and answered by 410 and this reason. */
  async end(reason: string): Promise<void> {
    this.#ended = reason;
    await this.cut();
  }

  protected override accept(client: Socket): void {
    if (this.#ended !== undefined) {
      this.#turnAway(client, this.#ended);
      return;
    }
    client.on('data', (chunk: Buffer) => {
      this.#received += chunk.length;
    });
    super.accept(client);
  }

  #turnAway(client: Socket, reason: string): void {
    client.on('error', () => {});
    client.once('data', (chunk) => {
      const [method = '', url = ''] = chunk.toString('latin1').split(/[ \r\n]/, 2);
      if (this.late.length < MOST_LATE_REQUESTS) {
        this.late.push({ method, url });
      }
      client.end(
        `HTTP/1.1 410 Gone\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(reason)}\r\n` +
          `connection: close\r\n\r\n${reason}`,
      );
    });
  }
}
