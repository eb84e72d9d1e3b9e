import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { readAnswer } from './http-answer.ts';
import { retryDelay } from './retry-policy.ts';
import { UpstreamError } from './upstream-error.ts';
import { urlBelow } from './url-below.ts';

/** For what may be asked again. */
const attempts = 3;
/** The longest wait after the first; long enough for a server that starts again. */
const firstDelayMs = 100;

export interface HttpClientOptions {
  /** The upstream's name, for messages. */
  readonly name: string;
  /** May have a path; requests stay below it. */
  readonly baseUrl: string;
  /** The longest that one attempt may take, its body included. */
  readonly timeoutMs: number;
  readonly fetch?: typeof fetch;
  readonly pause?: (milliseconds: number) => Promise<unknown>;
}

export class HttpClient {
  readonly #options: HttpClientOptions;

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  /**
   * GETs a JSON document. Asks again where that may help, which is safe because GET is idempotent.
   *
   * @param segments of the path below the base URL, not yet encoded
   * @param requestId of the request that is being served; it goes along
   * @returns the answer as the schema reads it, or undefined when the upstream knows no such resource (404)
   * @throws {UpstreamError} when there is no usable answer within a bounded time and number of attempts
   */
  async getJson<A>(segments: string[], schema: z.ZodType<A>, requestId: string): Promise<A | undefined> {
    const { pause: wait = pause } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(segments, {}, schema, requestId);
      } catch (error) {
        if (!(error instanceof UpstreamError) || !error.isPassing) {
          throw error;
        }
        const delay = retryDelay(attempt, attempts, firstDelayMs, error.retryAfterMs);
        if (delay === undefined) {
          throw error;
        }
        await wait(delay);
      }
    }
  }

  /**
   * POSTs a JSON document, once: POST is not idempotent, and who gets no answer cannot know whether it had an effect.
   *
   * @returns and throws as `getJson` does, within the time of one attempt
   */
  async postJson<A>(segments: string[], body: object, schema: z.ZodType<A>, requestId: string): Promise<A | undefined> {
    return await this.#attempt(segments, { method: 'POST', body: JSON.stringify(body) }, schema, requestId);
  }

  async #attempt<A>(
    segments: string[],
    content: { method?: string; body?: string },
    schema: z.ZodType<A>,
    requestId: string,
  ): Promise<A | undefined> {
    const { name, baseUrl, timeoutMs, fetch: send = fetch } = this.#options;
    const url = urlBelow(baseUrl, segments);
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = new Headers({ accept: 'application/json', 'x-request-id': requestId });
    if (content.body !== undefined) {
      headers.set('content-type', 'application/json');
    }
    try {
      return await readAnswer(name, await send(url, { ...content, headers, signal, redirect: 'manual' }), schema);
    } catch (cause) {
      if (cause instanceof UpstreamError) {
        throw cause;
      }
      if (signal.aborted) {
        throw new UpstreamError(`${name} took longer than ${timeoutMs} ms`, 'timeout', { cause });
      }
      throw new UpstreamError(`${name} could not be reached or broke off`, 'unreachable', { cause });
    }
  }
}
