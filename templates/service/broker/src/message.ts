export interface Message {
  /** The same whenever the same message comes again. */
  readonly id: string;
  readonly type: string;
  /** Anything that JSON can hold. */
  readonly body: unknown;
}

export interface Broker {
  /**
   * Resolves when the broker has taken the message for good.
   *
   * @throws {UnavailableError} when it has not in time; it may have taken the message all the same
   */
  publish(message: Message): Promise<void>;
  /**
   * Hands each message to `handle`, one or more times. One whose handling fails comes again later, a bounded number of times,
   * and is then put aside with the dead letters; one that is rejected is put aside at once. Does not wait for the broker.
   */
  consume(handle: (message: Message) => Promise<void>): Promise<void>;
  /** @throws {UnavailableError} when the broker does not answer in time */
  check(timeoutMs: number): Promise<void>;
  /** Takes no more messages and finishes those in flight, as far as that can be done in time. */
  close(): Promise<void>;
}

/** A message that no later attempt could handle: its type is unknown, its body is invalid, or what it asks for cannot be. */
export class RejectedMessageError extends Error {
  override readonly name = 'RejectedMessageError';
}
