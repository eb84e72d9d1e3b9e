/** `refused` and `invalid` would be the same at the next attempt; the others may pass. */
export type UpstreamFailure = 'timeout' | 'unreachable' | 'busy' | 'failed' | 'refused' | 'invalid';

/** An upstream gave no usable answer. */
export class UpstreamError extends Error {
  override readonly name = 'UpstreamError';
  readonly failure: UpstreamFailure;
  /** How long the upstream asked to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;

  constructor(
    message: string,
    failure: UpstreamFailure,
    options?: ErrorOptions & { retryAfterMs?: number | undefined },
  ) {
    super(message, options);
    this.failure = failure;
    this.retryAfterMs = options?.retryAfterMs;
  }

  get isPassing(): boolean {
    return this.failure !== 'refused' && this.failure !== 'invalid';
  }
}
