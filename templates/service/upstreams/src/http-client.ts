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

/** Of the request that is being served: its id goes along, and once its signal aborts nobody waits for the answer. */
export interface RequestContext {
  readonly id: string;
  readonly signal?: AbortSignal;
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
   * @returns the answer as the schema reads it, or undefined when the upstream knows no such resource (404)
   * @throws {UpstreamError} when there is no usable answer within a bounded time and number of attempts
   */
  async getJson<Answer>(
    segments: string[],
    schema: z.ZodType<Answer>,
    context: RequestContext,
  ): Promise<Answer | undefined> {
    const { baseUrl, pause: wait = pause } = this.#options;
    const url = `${baseUrl.replace(/\/+$/, '')}/${segments.map(encodeSegment).join('/')}`;
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#attempt(url, schema, context);
      } catch (error) {
        if (!(error instanceof UpstreamError) || !error.isPassing || context.signal?.aborted) throw error;
        const delay = retryDelay(attempt, error.retryAfterMs);
        if (delay === undefined) throw error;
        await wait(delay);
      }
    }
  }

  async #attempt<Answer>(url: string, schema: z.ZodType<Answer>, context: RequestContext): Promise<Answer | undefined> {
    const { name, timeoutMs, fetch: send = fetch } = this.#options;
    const timeout = AbortSignal.timeout(timeoutMs);
    const signal = context.signal ? AbortSignal.any([timeout, context.signal]) : timeout;
    const headers = { accept: 'application/json', 'x-request-id': context.id };
    try {
      return await readAnswer(name, await send(url, { headers, signal, redirect: 'error' }), schema);
    } catch (cause) {
      if (cause instanceof UpstreamError) throw cause;
      if (timeout.aborted) throw new UpstreamError(`${name} took longer than ${timeoutMs} ms`, 'timeout', { cause });
      throw new UpstreamError(`${name} could not be reached or broke off`, 'unreachable', { cause });
    }
  }
}

function encodeSegment(segment: string): string {
  if (['', '.', '..'].includes(segment))
    throw new TypeError(`'${segment}' would be another place than below the base URL`);
  return encodeURIComponent(segment);
}
