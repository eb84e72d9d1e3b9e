import { setTimeout as pause } from 'node:timers/promises';
import type { z } from 'zod';
import { readAnswer } from './http-answer.ts';
import { retryDelay } from './retry-policy.ts';
import { UpstreamError } from './upstream-error.ts';

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
  async getJson<Answer>(segments: string[], schema: z.ZodType<Answer>, requestId: string): Promise<Answer | undefined> {
    const { baseUrl, pause: wait = pause } = this.#options;
    const url = `${baseUrl.replace(/\/+$/, '')}/${segments.map(encodeSegment).join('/')}`;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(url, schema, requestId);
      } catch (error) {
        if (!(error instanceof UpstreamError) || !error.isPassing) throw error;
        const delay = retryDelay(attempt, error.retryAfterMs);
        if (delay === undefined) throw error;
        await wait(delay);
      }
    }
  }

  async #attempt<Answer>(url: string, schema: z.ZodType<Answer>, requestId: string): Promise<Answer | undefined> {
    const { name, timeoutMs, fetch: send = fetch } = this.#options;
    const signal = AbortSignal.timeout(timeoutMs);
    const headers = { accept: 'application/json', 'x-request-id': requestId };
    try {
      return await readAnswer(name, await send(url, { headers, signal, redirect: 'manual' }), schema);
    } catch (cause) {
      if (cause instanceof UpstreamError) throw cause;
      if (signal.aborted) throw new UpstreamError(`${name} took longer than ${timeoutMs} ms`, 'timeout', { cause });
      throw new UpstreamError(`${name} could not be reached or broke off`, 'unreachable', { cause });
    }
  }
}

function encodeSegment(segment: string): string {
  if (['', '.', '..'].includes(segment))
    throw new TypeError(`'${segment}' would be another place than below the base URL`);
  return encodeURIComponent(segment);
}
