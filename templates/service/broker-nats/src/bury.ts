import { type JsMsg, jetstream } from '@nats-io/jetstream';
import { headers, type NatsConnection } from '@nats-io/transport-node';
import { deadLetters } from './streams.ts';

/** Puts a message with the dead letters, as it came, with the reason. */
export async function bury(connection: NatsConnection, delivery: JsMsg, reason: string): Promise<void> {
  const { seq, info, data } = delivery;
  const letter = headers();
  // A reason may have several lines, which a header cannot.
  letter.set('Reason', reason.replaceAll(/\s+/g, ' '));
  // It is there once, also when the broker does not hear that it was dealt with, and it comes again.
  await jetstream(connection).publish(deadLetters, data, { headers: letter, msgID: `${seq} ${info.timestampNanos}` });
}
