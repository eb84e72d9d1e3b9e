import type { JsMsg } from '@nats-io/jetstream';
import { z } from 'zod';
import { type Message, RejectedMessageError } from './message.ts';

/** As many times a message is tried to be handled. */
export const attempts = 5;
/** When nothing was heard of a message for so long, the broker delivers it again. In milliseconds. */
export const longestSilenceMs = 5000;

const envelope = z.object({ id: z.string(), type: z.string(), body: z.unknown() });

/** The fate of messages. */
export interface Handling {
  readonly handle: (message: Message) => Promise<void>;
  /** Puts a message with the dead letters. */
  readonly bury: (delivery: JsMsg, reason: string) => Promise<void>;
  /** After this time a message that failed comes again. */
  readonly retryMs: number;
  readonly log: { warn(details: object, message: string): void };
}

/** Handles a message, and tells the broker: done, once more, or put with the dead letters. */
export async function deliver(delivery: JsMsg, { handle, bury, retryMs, log }: Handling): Promise<void> {
  const attempt = delivery.info.deliveryCount;
  const sign = setInterval(() => delivery.working(), longestSilenceMs / 4);
  try {
    // One during which the process died was never dealt with.
    if (attempt > attempts) {
      throw new RejectedMessageError(`it was delivered ${attempt} times`);
    }
    await handle(read(delivery));
    delivery.ack();
  } catch (err) {
    const isLast = err instanceof RejectedMessageError || attempt === attempts;
    const outcome = isLast ? 'a message was put with the dead letters' : 'a message was not handled, and comes again';
    log.warn({ err, number: delivery.seq, subject: delivery.subject, attempt }, outcome);
    if (!isLast) {
      return delivery.nak(retryMs);
    }
    await bury(delivery, String(err));
    delivery.term();
  } finally {
    clearInterval(sign);
  }
}

/** @throws {RejectedMessageError} when it is none of ours */
function read(delivery: JsMsg): Message {
  try {
    return envelope.parse(delivery.json());
  } catch (cause) {
    throw new RejectedMessageError('it is not a message', { cause });
  }
}
